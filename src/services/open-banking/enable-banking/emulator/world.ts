import { createHash, randomUUID } from 'node:crypto';
import type { Locale } from '#domain/locale.ts';
import type { SandboxBankCustomer } from '#services/open-banking/definition.ts';
import { sandboxBanks, type SandboxBank } from './banks.ts';
import type { PaymentRequest } from './payment-request.ts';

/** An account as its bank keeps it. */
export interface LedgerAccount {
  bank: SandboxBank;
  holder: string;
  accountNumber: string;
  name: string;
  bookedOere: number;
  /** Of payments that are being carried out. */
  reservedOere: number;
  creditLimitOere: number;
}

export type SessionStatus =
  | 'PENDING_AUTHORIZATION'
  | 'RETURNED_FROM_BANK'
  | 'AUTHORIZED'
  | 'CANCELLED'
  | 'EXPIRED'
  | 'CLOSED'
  | 'REVOKED';

/** A consent, from the request for it to its end. */
export interface Session {
  authorizationId: string;
  sessionId: string;
  bank: SandboxBank;
  status: SessionStatus;
  validUntil: Date;
  access: { balances: boolean; transactions: boolean };
  state: string;
  redirectUrl: string;
  language: Locale;
  psuIdHash: string;
  holder: string | undefined;
  accounts: { uid: string; account: LedgerAccount }[];
  code: { value: string; expiresAt: Date } | undefined;
  createdAt: Date;
  authorizedAt: Date | undefined;
  closedAt: Date | undefined;
}

export type PaymentStatus = 'RCVD' | 'ACTC' | 'ACSP' | 'ACSC' | 'ACCC' | 'RJCT' | 'CNCL';

/** The error with which the provider reports every order: another amount, another creditor, or no order at all. */
export type Misreport = 'amount' | 'creditor' | 'order';

/** How a payment shall end: `settle` unless there is too little money, `stall` stays in process. */
export type PlannedOutcome = 'settle' | 'reject' | 'insufficient_funds' | 'stall';

export interface Payment {
  id: string;
  bank: SandboxBank;
  request: PaymentRequest;
  amountOere: number;
  debtorAccountNumber: string;
  creditorAccountNumber: string;
  status: PaymentStatus;
  isFinal: boolean;
  reasonCode: string | undefined;
  plan: PlannedOutcome;
  language: Locale;
  psuIdHash: string;
  createdAt: Date;
}

/** All that the emulator remembers; it can be cloned structurally, so nothing is told apart by reference. */
export interface World {
  accounts: LedgerAccount[];
  sessions: Session[];
  payments: Map<string, Payment>;
  /** Times of unattended reads, by account and endpoint. */
  unattendedReads: Map<string, Date[]>;
  /** For the next payment that is created. */
  nextPlan: PlannedOutcome | undefined;
  misreport: Misreport | undefined;
}

export function createWorld(customers: readonly SandboxBankCustomer[]): World {
  return {
    accounts: sandboxBanks.flatMap((bank) => accountsAt(bank, customers)),
    sessions: [],
    payments: new Map(),
    unattendedReads: new Map(),
    nextPlan: undefined,
    misreport: undefined,
  };
}

/** The accounts of one bank know nothing of another's. */
function accountsAt(bank: SandboxBank, customers: readonly SandboxBankCustomer[]): LedgerAccount[] {
  return customers.flatMap(({ name: holder, accounts }) =>
    accounts
      .filter((account) => (account.bank ?? bank.name) === bank.name)
      .map(({ accountNumber, name, balanceOere, creditLimitOere = 0 }) => ({
        bank,
        holder,
        accountNumber,
        name,
        bookedOere: balanceOere,
        reservedOere: 0,
        creditLimitOere,
      })),
  );
}

/** The status now: an authorised session ends with its time. */
export function sessionStatusAt(session: Session, now: Date): SessionStatus {
  return session.status === 'AUTHORIZED' && session.validUntil <= now ? 'EXPIRED' : session.status;
}

export function findAccount(
  world: World,
  bank: SandboxBank,
  accountNumber: string,
): LedgerAccount | undefined {
  return world.accounts.find(
    (account) => account.bank.slug === bank.slug && account.accountNumber === accountNumber,
  );
}

/** What may be spent, credit included: the bank lets it be used, though no balance calls it money. */
export function spendableOere(account: LedgerAccount): number {
  return account.bookedOere - account.reservedOere + account.creditLimitOere;
}

export function hashOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64');
}

export const newId = (): string => randomUUID();
