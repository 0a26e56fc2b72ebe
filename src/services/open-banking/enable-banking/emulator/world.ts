import { createHash, randomUUID } from 'node:crypto';
import type { BankConsent, BankConsentStatus, BankPayment } from '#emulation/bank/world.ts';
import type { PsuType } from './bank-profiles.ts';
import type { PaymentRequest } from './payment-request.ts';
import type { RequestedAccount } from './requested-accounts.ts';

/** A consent with what this provider remembers of it: `id` is its `authorization_id`, `reference` its `session_id`. */
export interface Session extends BankConsent {
  access: { accounts?: RequestedAccount[]; balances: boolean; transactions: boolean };
  state: string;
  redirectUrl: string;
  psuType: PsuType;
  psuIdHash: string;
  code: { value: string; expiresAt: Date } | undefined;
  authorizedAt: Date | undefined;
  closedAt: Date | undefined;
}

/** A payment with the request that began it. */
export interface Payment extends BankPayment {
  request: PaymentRequest;
  psuIdHash: string;
}

/** OpenAPI, `SessionStatus`. */
export const sessionStatuses = {
  pending: 'PENDING_AUTHORIZATION',
  granted: 'RETURNED_FROM_BANK',
  active: 'AUTHORIZED',
  declined: 'CANCELLED',
  expired: 'EXPIRED',
  closed: 'CLOSED',
  revoked: 'REVOKED',
} as const satisfies Record<BankConsentStatus, string>;

export function hashOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64');
}

export const newId = (): string => randomUUID();
