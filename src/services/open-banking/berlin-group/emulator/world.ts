import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Banking } from '#emulation/bank/banking.ts';
import type { BankConsent, BankPayment } from '#emulation/bank/world.ts';
import type { EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';

/** Where the customer comes back to: from an approval, and from anything else. */
export interface Returns {
  ok: string;
  nok: string;
}

/** An approval that was begun, of a consent, a payment or a cancellation. */
export interface Authorisation {
  id: string;
  startedAt: Date;
}

export interface Consent extends BankConsent {
  /** The day that the application asked for, or the bank's last one. */
  validUntilDay: string;
  readsTransactions: boolean;
  returns: Returns;
  authorisation: Authorisation | undefined;
}

export interface Payment extends BankPayment {
  product: string;
  endToEndId: string | undefined;
  /** As it was asked for. */
  executionDate: string | undefined;
  returns: Returns;
  authorisation: Authorisation | undefined;
  isExempted: boolean;
  /** Of the status. */
  changedAt: Date;
  cancellation: (Authorisation & { state: 'pending' | 'approved' | 'refused' }) | undefined;
}

/** What the emulator's parts share. */
export interface Bench extends Pick<Banking<Consent, Payment>, 'world' | 'settlement'> {
  context: EmulatorContext;
  callbackUrl: string;
  /** What the customers answer who are asked in their bank's app. */
  app: { decision: 'approve' | 'decline' | 'leave' };
  /** The faults of an operation, then the application's signature. */
  guarded(
    operation: string,
  ): [MiddlewareHandler<EmulatorEnvironment>, MiddlewareHandler<EmulatorEnvironment>];
}

export const newId = (): string => randomUUID();

const dayOf = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo', dateStyle: 'short' });

/** The bank's date. */
export const bankDate = (time: Date): string => dayOf.format(time);
