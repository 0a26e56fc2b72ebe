import type { PaymentOrder } from '#domain/payment/order.ts';
import type { makePaymentDocument } from '#usecases/documents/payment-document.ts';

export type DocumentedPayment = Parameters<typeof makePaymentDocument>[0];

const order: PaymentOrder = {
  money: { amount: 125_000, currency: 'NOK' },
  debtorAccountNumber: '12345678903',
  creditorName: 'Strøm & Vann AS',
  creditorAccountNumber: '15032080178',
  remittance: { kind: 'kid', kid: '1234567897' },
  execution: { kind: 'normal' },
};

/** A payment that was approved, carried out and settled; the winter time of Norway is an hour ahead. */
export function settledPayment(change: Partial<PaymentOrder> = {}): DocumentedPayment {
  return {
    id: '019add00-1234-7abc-8def-0123456789ab',
    status: 'settled',
    contradictedAt: undefined,
    bankName: 'Fjordbanken',
    order: { ...order, ...change },
    createdAt: new Date('2026-11-30T13:00:00Z'),
    timeline: [
      { status: 'awaiting_authorisation', at: new Date('2026-11-30T13:01:00Z') },
      { status: 'processing', at: new Date('2026-11-30T13:02:00Z') },
      { status: 'settled', at: new Date('2026-11-30T23:30:00Z') },
    ],
  };
}
