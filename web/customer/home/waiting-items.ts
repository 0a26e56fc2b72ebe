import { isRenewable } from '#domain/banking/consent.ts';
import type { Connection } from '#http/contract/banks.ts';
import type { PaymentDraft } from '#http/contract/payment-draft.ts';
import type { Payment } from '#http/contract/payments.ts';
import { linkedBanks } from '../accounts/sort-connections.ts';
import { isDismissed } from '../payments/payment-state.ts';
import type { BankStep, VerifyStep } from './next-step.ts';

/** Something that only the customer can do, where `urgent` keeps them from paying. */
export type WaitingItem =
  | { kind: 'consentExpired' | 'consentEnds'; connection: Connection }
  | { kind: 'approve'; payment: Payment }
  | { kind: 'verification'; step: VerifyStep }
  | { kind: 'bank' }
  | { kind: 'draft'; name: string };

interface Known {
  connections: readonly Connection[] | undefined;
  payments: readonly Payment[] | undefined;
  verify: VerifyStep | undefined;
  bank: BankStep | undefined;
  draft: PaymentDraft | null | undefined;
  /** Milliseconds since 1970. */
  now: number;
}

/** What waits for the customer: first what keeps them from paying, then payments, then what can wait. */
export function waitingItems({ connections = [], payments = [], ...known }: Known): WaitingItem[] {
  const { verify, bank, draft, now } = known;
  const newest = linkedBanks([...connections]).map(({ consents }) => consents[0]);
  const expired = newest.filter(({ status }) => status === 'expired');
  const ending = newest.filter(
    ({ status, validUntil }) =>
      status === 'active' && validUntil !== null && isRenewable(new Date(validUntil), new Date(now)),
  );
  return [
    ...(verify === undefined ? [] : [{ kind: 'verification', step: verify } as const]),
    ...(verify === undefined && bank === 'bank' ? [{ kind: 'bank' } as const] : []),
    ...expired.map((connection) => ({ kind: 'consentExpired', connection }) as const),
    ...payments.filter(waitsForApproval).map((payment) => ({ kind: 'approve', payment }) as const),
    ...(isBegun(draft) ? [{ kind: 'draft', name: draft.name.trim() } as const] : []),
    ...ending.map((connection) => ({ kind: 'consentEnds', connection }) as const),
  ];
}

function waitsForApproval(payment: Payment): boolean {
  const { status, isContradicted, next } = payment;
  return (
    status === 'awaiting_authorisation' && !isContradicted && !isDismissed(payment) && next.kind !== 'none'
  );
}

function isBegun(draft: PaymentDraft | null | undefined): draft is PaymentDraft {
  return [draft?.accountNumber, draft?.name, draft?.amount].some((text) => text !== undefined && text !== '');
}
