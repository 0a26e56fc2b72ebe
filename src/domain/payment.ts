import type { Money } from './money.ts';

/**
 * Where a payment is. `created`: written down, the bank not yet known to have it. `awaiting_authorisation`: the bank
 * has it and waits for the customer. `authorised`: the customer approved. `processing`: the bank is carrying it out.
 * `settled`: the bank reports its final success. `rejected`: the bank said no. `cancelled`: the customer did.
 * `failed`: it never reached the bank. Money has moved only in `settled`; whether it may yet is `moneyMoved`.
 */
export const paymentStatuses = [
  'created',
  'awaiting_authorisation',
  'authorised',
  'processing',
  'settled',
  'rejected',
  'cancelled',
  'failed',
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** The moves that exist. Nothing goes backwards and nothing leaves a final status. */
export const paymentTransitions: Record<PaymentStatus, readonly PaymentStatus[]> = {
  created: [
    'awaiting_authorisation',
    'authorised',
    'processing',
    'settled',
    'rejected',
    'cancelled',
    'failed',
  ],
  awaiting_authorisation: ['authorised', 'processing', 'settled', 'rejected', 'cancelled'],
  authorised: ['processing', 'settled', 'rejected', 'cancelled'],
  processing: ['settled', 'rejected', 'cancelled'],
  settled: [],
  rejected: [],
  cancelled: [],
  failed: [],
};

export type Move =
  | { kind: 'moved'; to: PaymentStatus }
  /** The same status again, or one that is behind: nothing to do. */
  | { kind: 'ignored' }
  /** A final status contradicted by another one: kept as it is and told to the operator. */
  | { kind: 'contradiction' };

/** Judges a reported status against the present one. Order and repetition of reports do not matter. */
export function movePayment(from: PaymentStatus, reported: PaymentStatus): Move {
  if (paymentTransitions[from].includes(reported)) return { kind: 'moved', to: reported };
  if (isFinal(from) && isFinal(reported) && from !== reported) return { kind: 'contradiction' };
  // Drop held that the bank never had it.
  if (from === 'failed' && reported !== 'failed' && reported !== 'created') return { kind: 'contradiction' };
  return { kind: 'ignored' };
}

export function isFinal(status: PaymentStatus): boolean {
  return paymentTransitions[status].length === 0;
}

/** Whether money has left the customer's account, in one honest word. */
export function moneyMoved(status: PaymentStatus): 'no' | 'not_yet_known' | 'yes' {
  switch (status) {
    case 'settled':
      return 'yes';
    case 'rejected':
    case 'cancelled':
    case 'failed':
    case 'awaiting_authorisation':
      return 'no';
    case 'created':
    case 'authorised':
    case 'processing':
      return 'not_yet_known';
  }
}

/** What told Drop of a status. */
export type Evidence = 'initiation' | 'callback' | 'webhook' | 'poll' | 'customer';

/**
 * What the payment is for: a KID (structured) or a text of at most 140 characters (unstructured), never both
 * (Norwegian domestic credit transfers).
 */
export type RemittanceInformation =
  { kind: 'kid'; kid: string } | { kind: 'text'; text: string } | { kind: 'none' };

/** A domestic credit transfer as the customer approved it. */
export interface PaymentOrder {
  money: Money;
  debtorAccountNumber: string;
  creditorName: string;
  creditorAccountNumber: string;
  remittance: RemittanceInformation;
}
