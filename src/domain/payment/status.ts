/**
 * The status of a payment.
 *
 * - `created`: stored; nothing has been sent.
 * - `initiating`: Drop is handing it to the bank. If the process dies meanwhile, the follow-up makes it `unknown`.
 * - `unknown`: handed over without an answer. The bank may or may not have it, and the customer must not pay again.
 * - `awaiting_authorisation`: the bank has it and waits for the customer.
 * - `authorised`: the customer approved.
 * - `scheduled`: the bank has it and carries it out on a later day.
 * - `processing`: the bank is carrying it out.
 * - `settled`: the bank reports its final success.
 * - `rejected`: the bank refused it. `cancelled`: the customer cancelled it.
 * - `expired`: it can no longer be approved, and the bank has not reported that it carries it out.
 * - `failed`: it certainly did not reach the bank. The customer may send it again under the same idempotency key.
 *
 * The lists of statuses in the API, the web app and the metrics derive from this one. A test compares it with the
 * database's.
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

/**
 * The statuses that a provider can report. `unknown` stands for an unknown word, and for a refusal that is not final.
 */
export type ReportedStatus = Exclude<PaymentStatus, 'created' | 'initiating' | 'failed'>;

const ended = ['settled', 'rejected', 'cancelled', 'expired'] as const;

/**
 * The transitions that reports, the passing of time and Drop's own attempts can cause. No report leads out of a final
 * status. Only the customer leads a payment out of `failed`, by sending again the order that never arrived.
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

/** Whether the payment is over, so that the customer has nothing to wait for. */
export function isFinal(status: PaymentStatus): boolean {
  return finalStatuses.has(status);
}

export type Move =
  | { kind: 'moved'; to: PaymentStatus }
  /** The same status again, or an earlier one: nothing to do. */
  | { kind: 'ignored' }
  /** The bank denies a final status: Drop keeps the status and tells the operators. */
  | { kind: 'contradiction' }
  /** The report cannot be true beside Drop's status, unless two answers crossed: Drop asks the bank once more. */
  | { kind: 'doubt' };

/** Judges a reported status against the present one. The order of reports and their repetition do not matter. */
export function movePayment(from: PaymentStatus, reported: ReportedStatus): Move {
  if (reported === from) return { kind: 'ignored' };
  if (paymentTransitions[from].includes(reported)) return { kind: 'moved', to: reported };
  switch (from) {
    case 'created':
    case 'failed':
    case 'expired':
      // The bank has the payment after all. A report that it ended without a transfer agrees with Drop's status.
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

/** Whether the status says that the payment ended without a transfer, whether by the bank, the customer or time. */
export function isNo(reported: ReportedStatus): boolean {
  return reported === 'rejected' || reported === 'cancelled' || reported === 'expired';
}

function isUnderWay(reported: ReportedStatus): boolean {
  return reported === 'authorised' || reported === 'scheduled' || reported === 'processing';
}

/**
 * Whether money has left the customer's account: `no` only where the bank certainly will not carry the payment out.
 * From the moment the customer can have approved it at the bank, and whenever the bank contradicts Drop's status, the
 * answer is `not_yet_known`.
 */
export function moneyMoved(payment: {
  status: PaymentStatus;
  isContradicted: boolean;
}): 'no' | 'not_yet_known' | 'yes' {
  if (payment.isContradicted || !isFinal(payment.status)) return 'not_yet_known';
  return payment.status === 'settled' ? 'yes' : 'no';
}

/** The statuses in which a payment that is not contradicted has certainly moved no money, and will not. */
export const statusesWithoutMoney = paymentStatuses.filter(
  (status) => moneyMoved({ status, isContradicted: false }) === 'no',
);

/**
 * The sources from which Drop learns a status. `callback`: the customer's return from the bank. `customer` and
 * `operator`: a call that one of them caused. A test compares the list with the database's.
 */
export const evidenceKinds = ['initiation', 'callback', 'webhook', 'poll', 'customer', 'operator'] as const;
export type Evidence = (typeof evidenceKinds)[number];
