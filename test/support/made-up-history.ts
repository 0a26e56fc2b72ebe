import type { BookedPayment, HistoryEvent, PaymentHistory } from '#domain/payment/history.ts';
import { orderHash, type PaymentOrder } from '#domain/payment/order.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';
import { noticeOf } from '#domain/payment/validate-told.ts';

const order: PaymentOrder = {
  money: { amount: 12_500, currency: 'NOK' },
  debtorAccountNumber: '12345678903',
  creditorName: 'Nordlys',
  creditorAccountNumber: '95360573002',
  remittance: { kind: 'kid', kid: '1234567897' },
  execution: { kind: 'normal' },
};

const concluded: readonly PaymentStatus[] = ['unknown', 'expired', 'failed'];

/** An event as Drop writes it: what no bank reports is a conclusion. */
export function eventOf(status: PaymentStatus, change: Partial<HistoryEvent> = {}): HistoryEvent {
  const isConcluded = concluded.includes(status);
  return {
    id: '1',
    status,
    evidence: isConcluded ? 'poll' : 'webhook',
    outcome: 'moved',
    wireStatus: isConcluded ? undefined : 'WORD',
    differences: [],
    at: new Date(1_000),
    ...change,
  };
}

/** The history of a payment that passed through `statuses`, and whose customer was told each outcome. */
export function historyOf(
  statuses: readonly PaymentStatus[],
  change: Partial<PaymentHistory> = {},
): PaymentHistory {
  const events = statuses.map((status, index) =>
    eventOf(status, { id: String(index + 1), at: new Date(1_000 * (index + 1)) }),
  );
  const status = statuses.at(-1) ?? 'created';
  return {
    id: '0198c5a2-7c7e-7f6c-9f6a-4f1e2d3c4b5a',
    userId: 'customer',
    provider: 'provider',
    reference: 'Reference-1',
    idempotencyKey: 'key',
    status,
    order,
    orderHash: orderHash(order),
    initiatedAt: new Date(500),
    settledAt: status === 'settled' ? new Date(1_000 * statuses.length) : undefined,
    dismissedAt: undefined,
    isContradicted: false,
    events,
    told: statuses.flatMap((each) => noticeOf(each) ?? []),
    ...change,
  };
}

/** The same payment in the bank's books. */
export function bookedOf(history: PaymentHistory, change: Partial<BookedPayment> = {}): BookedPayment {
  const { id: paymentId, provider, reference = 'unnamed' } = history;
  const { money, creditorAccountNumber } = history.order;
  const state = history.status === 'settled' ? 'carried_out' : 'ended';
  return { provider, reference, paymentId, state, order: { money, creditorAccountNumber }, ...change };
}
