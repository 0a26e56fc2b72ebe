import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentMoment, documentsOf } from './document.ts';
import { paymentStatuses, paymentTransitions, type PaymentStatus } from './status.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 30, 12, minute));
const passed = (...statuses: PaymentStatus[]) => ({
  status: statuses.at(-1) ?? ('created' as const),
  isContradicted: false,
  timeline: statuses.map((status, minute) => ({ status, at: at(minute) })),
});

/** The ways that the table of transitions allows, from the first step on. */
const ways = fc.infiniteStream(fc.nat()).map((choices) => {
  const way: PaymentStatus[] = [];
  for (let from: PaymentStatus = 'created'; way.length < 8;) {
    const next: readonly PaymentStatus[] = paymentTransitions[from];
    const status = next[(choices.next().value ?? 0) % Math.max(next.length, 1)];
    if (status === undefined) break;
    way.push(status);
    from = status;
  }
  return way;
});

describe('a payment has', () => {
  test.each(paymentStatuses)('the right documents at the status %s', (status) => {
    const expected: Partial<Record<PaymentStatus, string[]>> = {
      authorised: ['confirmation'],
      scheduled: ['confirmation'],
      processing: ['confirmation'],
      settled: ['receipt'],
    };
    expect(documentsOf(passed(status))).toEqual(expected[status] ?? []);
  });

  test('its confirmation still when it is settled', () => {
    const payment = passed('awaiting_authorisation', 'authorised', 'processing', 'settled');
    expect(documentMoment('confirmation', payment)).toEqual(at(1));
    expect(documentMoment('receipt', payment)).toEqual(at(3));
  });

  test('no confirmation any more when the bank refuses it in the end', () => {
    expect(documentsOf(passed('authorised', 'rejected'))).toEqual([]);
  });

  test('no document while the bank contradicts it', () => {
    expect(documentsOf({ ...passed('authorised', 'settled'), isContradicted: true })).toEqual([]);
  });
});

test('the moment that a document states is the same as long as the document exists', () => {
  fc.assert(
    fc.property(ways, (way) => {
      for (const kind of ['confirmation', 'receipt'] as const) {
        const moments = way.flatMap(
          (_, index) => documentMoment(kind, passed(...way.slice(0, index + 1)))?.getTime() ?? [],
        );
        expect(new Set(moments).size).toBeLessThanOrEqual(1);
      }
    }),
  );
});
