/**
 * Where a payment is.
 *
 * - `created`: written down; nothing has been sent.
 * - `initiating`: being handed to the bank. A process that dies leaves it so, and the follow-up makes it `unknown`.
 * - `unknown`: handed over without an answer. The bank may or may not have it, and the customer must not pay again.
 * - `awaiting_authorisation`: the bank has it and waits for the customer.
 * - `authorised`: the customer approved.
 * - `scheduled`: the bank has it and carries it out on a later day.
 * - `processing`: the bank is carrying it out.
 * - `settled`: the bank reports its final success.
 * - `rejected`: the bank said no. `cancelled`: the customer did.
 * - `expired`: nobody can approve it any more, and the bank has not been heard of carrying it out.
 * - `failed`: it certainly did not reach the bank. The customer may send it again under the same idempotency key.
 *
 * Every list of statuses derives from this one: the API's, the web app's, the metrics'. A test compares the database's.
 */
export const paymentStatuses = [
  'created',
  'initiating',
  'unknown',
  'awaiting_authorisation',
  'authorised',
  'scheduled',
  'processing',
  'settled',
  'rejected',
  'cancelled',
  'expired',
  'failed',
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** What a provider can say of a payment. `unknown` stands for an unknown word, and for a "no" that is not final. */
export type ReportedStatus = Exclude<PaymentStatus, 'created' | 'initiating' | 'failed'>;

const ended = ['settled', 'rejected', 'cancelled', 'expired'] as const;

/**
 * The moves that reports, the passing of time and Drop's own attempts make. No report leads out of a final status. The
 * one way out of `failed` is the customer's: sending again what never arrived.
 */
export const paymentTransitions: Record<PaymentStatus, readonly PaymentStatus[]> = {
  created: ['initiating', 'failed'],
  initiating: [
    ...['unknown', 'awaiting_authorisation', 'authorised', 'scheduled', 'processing', 'failed'],
    ...ended,
  ] as const,
  unknown: ['awaiting_authorisation', 'authorised', 'scheduled', 'processing', ...ended],
  awaiting_authorisation: ['authorised', 'scheduled', 'processing', ...ended],
  authorised: ['scheduled', 'processing', 'settled', 'rejected', 'cancelled'],
  scheduled: ['processing', 'settled', 'rejected', 'cancelled'],
  processing: ['settled', 'rejected', 'cancelled'],
  settled: [],
  rejected: [],
  cancelled: [],
  expired: [],
  failed: ['initiating'],
};

/** Statuses from which the order may be handed to the bank, since the bank certainly does not have it. */
export const sendableStatuses = paymentStatuses.filter((status) =>
  paymentTransitions[status].includes('initiating'),
);

const finalStatuses: ReadonlySet<PaymentStatus> = new Set([...ended, 'failed'] as const);

/** Whether the customer need not wait for anything any more. */
export function isFinal(status: PaymentStatus): boolean {
  return finalStatuses.has(status);
}

export type Move =
  | { kind: 'moved'; to: PaymentStatus }
  /** The same status again, or one that is behind: nothing to do. */
  | { kind: 'ignored' }
  /** What Drop holds to be over is denied by the bank: kept as it is and told to the operator. */
  | { kind: 'contradiction' }
  /** It cannot be true beside what Drop holds, unless two answers crossed: the bank is asked once more. */
  | { kind: 'doubt' };

/** Judges a reported status against the present one. Order and repetition of reports do not matter. */
export function movePayment(from: PaymentStatus, reported: ReportedStatus): Move {
  if (reported === from) return { kind: 'ignored' };
  if (paymentTransitions[from].includes(reported)) return { kind: 'moved', to: reported };
  switch (from) {
    case 'created':
    case 'failed':
    case 'expired':
      // The bank has it after all. That nothing comes of it is what Drop held.
      return { kind: isNo(reported) ? 'ignored' : 'contradiction' };
    case 'rejected':
    case 'cancelled':
      if (isFinal(reported)) return { kind: 'contradiction' };
      return { kind: isUnderWay(reported) ? 'doubt' : 'ignored' };
    case 'settled':
      return { kind: isFinal(reported) ? 'contradiction' : 'ignored' };
    case 'initiating':
    case 'unknown':
    case 'awaiting_authorisation':
    case 'authorised':
    case 'scheduled':
    case 'processing':
      return { kind: 'ignored' };
  }
}

/** That nothing comes of it, whoever wanted it so. */
export function isNo(reported: ReportedStatus): boolean {
  return reported === 'rejected' || reported === 'cancelled' || reported === 'expired';
}

function isUnderWay(reported: ReportedStatus): boolean {
  return reported === 'authorised' || reported === 'scheduled' || reported === 'processing';
}

/**
 * Whether money has left the customer's account, in one honest word: `no` only where the bank certainly will not carry
 * it out. From the moment the customer can have approved it at the bank, and whenever the bank contradicts what Drop
 * holds, it is not yet known.
 */
export function moneyMoved(payment: {
  status: PaymentStatus;
  isContradicted: boolean;
}): 'no' | 'not_yet_known' | 'yes' {
  if (payment.isContradicted || !isFinal(payment.status)) return 'not_yet_known';
  return payment.status === 'settled' ? 'yes' : 'no';
}

/** What told Drop of a status. */
export type Evidence = 'initiation' | 'callback' | 'webhook' | 'poll' | 'customer';
