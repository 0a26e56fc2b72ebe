import { randomUUID } from 'node:crypto';
import type { Banking } from '#emulation/bank/banking.ts';
import type { BankConsent, BankPayment } from '#emulation/bank/world.ts';
import type { SandboxBank } from '#emulation/bank/banks.ts';
import type { EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import type { MiddlewareHandler } from 'hono';

export interface Consent extends BankConsent {
  returnUrl: string;
  /** As the application named the customer. */
  customerName: string;
  code: { value: string; expiresAt: Date } | undefined;
  tokens: { access: string; refresh: string; accessExpiresAt: Date } | undefined;
}

export interface Payment extends BankPayment {
  idempotencyKey: string;
  token: string;
  endToEndId: string;
  returnUrl: string;
  /** Whether the consent that comes before the approval was given. */
  isConsented: boolean;
  /** Until the customer approves it in the app. */
  isCancelling: boolean;
}

/** What the emulator's parts share. */
export interface Bench extends Pick<Banking<Consent, Payment>, 'world' | 'settlement'> {
  context: EmulatorContext;
  callbackUrl: string;
  /** The faults of an operation, then the application's credentials. */
  guarded(
    operation: string,
  ): [MiddlewareHandler<EmulatorEnvironment>, MiddlewareHandler<EmulatorEnvironment>];
}

export type Approving = 'page' | 'app' | 'exempted' | 'two_pages';

const ways: Readonly<Record<string, Approving>> = {
  nordea: 'app',
  handelsbanken: 'two_pages',
  sparebank1: 'exempted',
};

/** How a bank's customers approve. */
export function wayOf({ slug }: SandboxBank): Approving {
  return ways[slug] ?? 'page';
}

/** For how long the customer looks at the bank's app before approving. */
export const appMs = 1_500;

export const appApproval = { kind: 'app', message: 'Bekreft i appen: 4711', ask_again_seconds: 1 } as const;
export const exempted = { kind: 'exempted' } as const;

export const accountBankId = ({ slug }: SandboxBank): string => `acc-${slug}`;
export const paymentBankId = ({ slug }: SandboxBank): string => `pay-${slug}`;
export const newId = (): string => randomUUID();

export function addressOf(returnUrl: string, parameters: Record<string, string>): string {
  const url = new URL(returnUrl);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
