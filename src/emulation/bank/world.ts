import type { Locale } from '#domain/locale.ts';
import type { SandboxBank } from './banks.ts';
import type { SandboxBankCustomer } from './customers.ts';
import { openLedger, type LedgerAccount } from './ledger.ts';

/**
 * `pending` waits for the customer, who makes it `granted` or `declined`; the provider makes it `active`. An active one
 * ends with its time (`expired`), by the application (`closed`) or by the customer at the bank (`revoked`).
 */
export type BankConsentStatus =
  'pending' | 'granted' | 'active' | 'declined' | 'expired' | 'closed' | 'revoked';

/** A consent, from the request for it to its end. A provider's emulator adds what its protocol remembers of one. */
export interface BankConsent {
  /** As the bank's pages name it. */
  id: string;
  /** As the provider names it to the application. */
  reference: string;
  bank: SandboxBank;
  status: BankConsentStatus;
  validUntil: Date;
  language: Locale;
  holder: string | undefined;
  accounts: { reference: string; account: LedgerAccount }[];
  createdAt: Date;
  /** Whether the application asked for transactions, too. */
  readsTransactions?: boolean;
  /** Whether the customer is asked in the bank's app (decoupled); the page then stands for the app. */
  approvesInApp?: boolean;
}

/** ISO 20022, external payment transaction status. */
export type BankPaymentStatus = 'RCVD' | 'ACTC' | 'ACSP' | 'ACSC' | 'ACCC' | 'RJCT' | 'CNCL';

/** How a payment shall end: `settle` unless there is too little money, `stall` stays in process. */
export type PlannedOutcome = 'settle' | 'reject' | 'insufficient_funds' | 'stall';

/** What the customer is asked to approve. */
export interface BankOrder {
  amountOere: number;
  /** Empty until the customer chooses an account at a bank that lets them. */
  debtorAccountNumber: string;
  creditorName: string;
  creditorAccountNumber: string;
  kid: string | undefined;
  text: string | undefined;
}

/** A payment at a bank. A provider's emulator adds what its protocol remembers of one. */
export interface BankPayment {
  id: string;
  bank: SandboxBank;
  order: BankOrder;
  status: BankPaymentStatus;
  isFinal: boolean;
  /** ISO 20022, external status reason. */
  reasonCode: string | undefined;
  plan: PlannedOutcome;
  language: Locale;
  createdAt: Date;
  /** As the ordering party gave it. */
  endToEndId?: string | undefined;
  /**
   * The day on which the bank carries it out (`YYYY-MM-DD`), where that is not at once; brought forward by
   * `advance_days`.
   */
  dueOn?: string | undefined;
  /** As of a consent. */
  approvesInApp?: boolean;
}

/** The error with which the provider reports every order: another amount, another creditor, or no order at all. */
export type Misreport = 'amount' | 'creditor' | 'order';

/**
 * How the banks show the payments in statements: with another amount, another payee or none, booked twice, booked and
 * then returned, or with the end-to-end identification in capitals and groups.
 */
export type Misstatement = 'amount' | 'creditor' | 'no_creditor' | 'twice' | 'returned' | 'spelling';

/** All that the banks remember; it can be cloned structurally, so nothing is told apart by reference. */
export interface World<Consent extends BankConsent, Payment extends BankPayment> {
  accounts: LedgerAccount[];
  consents: Consent[];
  payments: Map<string, Payment>;
  /** Times of unattended reads, by account and kind of read. */
  unattendedReads: Map<string, Date[]>;
  /** For the next payment that is created. */
  nextPlan: PlannedOutcome | undefined;
  misreport: Misreport | undefined;
  misstatement: Misstatement | undefined;
}

export function createWorld<Consent extends BankConsent, Payment extends BankPayment>(
  customers: readonly SandboxBankCustomer[],
): World<Consent, Payment> {
  return {
    accounts: openLedger(customers),
    consents: [],
    payments: new Map(),
    unattendedReads: new Map(),
    nextPlan: undefined,
    misreport: undefined,
    misstatement: undefined,
  };
}

/** The status now: an active consent ends with its time. */
export function consentStatusAt({ status, validUntil }: BankConsent, now: Date): BankConsentStatus {
  return status === 'active' && validUntil <= now ? 'expired' : status;
}

/** The plan for a payment that is created now, which is thereby used up. */
export function takePlan(world: { nextPlan: PlannedOutcome | undefined }): PlannedOutcome {
  const plan = world.nextPlan ?? 'settle';
  world.nextPlan = undefined;
  return plan;
}

/** An account of one bank; undefined where that bank has none of this number. */
export function findAccount(
  { accounts }: { accounts: readonly LedgerAccount[] },
  bank: SandboxBank,
  accountNumber: string,
): LedgerAccount | undefined {
  return accounts.find(
    (account) => account.bank.slug === bank.slug && account.accountNumber === accountNumber,
  );
}
