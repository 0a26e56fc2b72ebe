import type { ReportedStatus, PaymentStatus } from '#domain/payment/status.ts';

/**
 * A small world around one payment: Drop's row, up to three tasks of its processes, what the network holds, the bank's
 * own payments, and the links that the customer was given. It is a value: every step makes another one.
 */
export interface World {
  drop: Row;
  tasks: readonly Task[];
  /** Initiations that were sent and that the bank has not received. */
  requests: readonly Initiation[];
  /** Answers of the bank that have not arrived. */
  answers: readonly Answer[];
  bank: readonly BankPayment[];
  /** The numbers of the bank's payments whose links were shown to the customer. */
  links: readonly number[];
  /** Whether the customer read, since the order was last claimed, that no money has moved and none will. */
  isToldNo: boolean;
  /** Since the order was last claimed: 0 while its lease lasts, 1 until the quarantine is over, 2 after it. */
  elapsed: 0 | 1 | 2;
  faults: Faults;
}

/** The row of a payment. Numbers are those of the bank's payments. */
export interface Row {
  status: PaymentStatus;
  reference: number | undefined;
  /** The claims so far. */
  attempt: number;
  contradiction: readonly string[] | undefined;
}

/** A call that hands the order over: the first of a claim, or its repetition. */
export interface Initiation {
  attempt: number;
  sent: number;
}
export type Answer = Initiation & ({ says: 'refused' } | ({ says: 'payment' } & BankReport));

export type BankStatus = Extract<
  ReportedStatus,
  'awaiting_authorisation' | 'processing' | 'settled' | 'rejected' | 'expired'
>;
export interface BankPayment {
  status: BankStatus;
}
/** The bank's report of its payment of that number. */
export interface BankReport extends BankPayment {
  number: number;
}

/** The work that one process has in hand. It may stand still for any time between two steps, or die. */
export type Task =
  /** Has claimed the payment, or sends it again, and has not sent it yet. */
  | ({ does: 'sending' } & Initiation)
  | ({ does: 'waiting' } & Initiation)
  /** Has asked the bank about a payment, and has not applied the answer. */
  | { does: 'reading'; report: BankReport; isRecognised: boolean }
  /** Has taken the payment to conclude it, as it then was. */
  | { does: 'concluding'; row: Row; to: 'failed' | 'unknown' | 'expired' };

/** How many more of each fault may happen, so that the world stays finite. */
export interface Faults {
  crashes: number;
  losses: number;
}

/** The properties of a bank. */
export interface Bank {
  /** It carries out nothing but what the customer approves with the link that its answer holds. */
  needsApproval: boolean;
  /** It recognises a second initiation of one payment. */
  isIdempotent: boolean;
}

export const processesMax = 3;
/** The bank's payments for one order, beyond which a world is not followed: two are one too many. */
export const bankPaymentsMax = 2;
export const claimsMax = 2;

export function firstWorld(faults: Faults): World {
  const drop: Row = { status: 'created', reference: undefined, attempt: 0, contradiction: undefined };
  return {
    drop,
    tasks: [],
    requests: [],
    answers: [],
    bank: [],
    links: [],
    isToldNo: false,
    elapsed: 0,
    faults,
  };
}

/** The order of what is under way at the same time does not matter. */
export function keyOf(world: World): string {
  const sorted = (items: readonly unknown[]): string[] =>
    items.map((item) => JSON.stringify(item)).toSorted();
  const { tasks, requests, answers, links, ...rest } = world;
  return JSON.stringify([rest, ...[tasks, requests, answers, links].map(sorted)]);
}
