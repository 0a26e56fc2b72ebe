import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Banking } from '#emulation/bank/banking.ts';
import type { BankConsent, BankPayment } from '#emulation/bank/world.ts';
import type { EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import type { Keys } from './keys.ts';

/** A session, which is a consent as soon as one was asked for: `reference` is its id to the application. */
export interface Session extends BankConsent {
  device: string;
  /** Where the customer goes back to from the consent that is asked for. */
  redirectUrl: string;
  /** Whether it is over: its id is not known any more. */
  isOver: boolean;
  /** The payment that the consent is for; undefined for accounts. */
  paymentId: string | undefined;
}

export type Product = 'domestic-transfer' | 'domestic-scheduled-transfer' | 'instant-domestic-transfer';

/** A payment with what Neonomics remembers of it. */
export interface Payment extends BankPayment {
  session: string;
  product: Product;
  redirectUrl: string;
  endToEndId: string;
  /** Whether the customer gave the consent that comes before the approval. */
  isConsented: boolean;
  /** Whether the customer approved it, and the application has not completed it. */
  isApproved: boolean;
  /** Whether Neonomics has lost track of it for good. */
  isLost: boolean;
  executionDate: string | undefined;
}

/** What the emulator's parts share. */
export interface Bench extends Pick<Banking<Session, Payment>, 'world' | 'settlement'> {
  context: EmulatorContext;
  keys: Keys;
  callbackUrl: string;
  /** The faults of an operation, then the application's token and the device. */
  guarded(
    operation: string,
  ): [MiddlewareHandler<EmulatorEnvironment>, MiddlewareHandler<EmulatorEnvironment>];
  /** The first two for the next payment, which is thereby used up; `share` until a reset. */
  plans: { exempt: boolean; lose: boolean; share: boolean };
}

export const newId = (): string => randomUUID();

export function addressOf(returnUrl: string, parameters: Record<string, string>): string {
  const url = new URL(returnUrl);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
