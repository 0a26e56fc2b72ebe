import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isFinal,
  moneyMoved,
  movePayment,
  paymentStatuses,
  paymentTransitions,
  type PaymentStatus,
} from './payment.ts';

const underWay = ['created', 'awaiting_authorisation', 'authorised', 'processing'] as const;
/** The ends that a bank may report; `failed` is Drop's own word for what never reached the bank. */
const ends = ['settled', 'rejected', 'cancelled'] as const;

const anyStatus = fc.constantFrom(...paymentStatuses);
const anyReports = fc.array(anyStatus, { maxLength: 12 });

function after(from: PaymentStatus, reported: PaymentStatus): PaymentStatus {
  const move = movePayment(from, reported);
  return move.kind === 'moved' ? move.to : from;
}

/** Every status that the payment has in turn. */
function course(reports: readonly PaymentStatus[]): PaymentStatus[] {
  return reports.reduce<PaymentStatus[]>(
    (past, reported) => [...past, after(past.at(-1) ?? 'created', reported)],
    ['created'],
  );
}

/** How far along a status is. */
function rank(status: PaymentStatus): number {
  const index = underWay.findIndex((each) => each === status);
  return index === -1 ? underWay.length : index;
}

describe('movePayment', () => {
  test.each([
    ['created', 'awaiting_authorisation'],
    ['awaiting_authorisation', 'authorised'],
    ['authorised', 'processing'],
    ['processing', 'settled'],
    ['created', 'failed'],
    ['awaiting_authorisation', 'cancelled'],
    ['processing', 'rejected'],
  ] as const)('goes from %s to %s', (from, to) => {
    expect(movePayment(from, to)).toEqual({ kind: 'moved', to });
  });

  test('skips what was not reported', () => {
    expect(movePayment('created', 'settled')).toEqual({ kind: 'moved', to: 'settled' });
  });

  test.each(paymentStatuses)('ignores %s reported again', (status) => {
    expect(movePayment(status, status)).toEqual({ kind: 'ignored' });
  });

  test.each([
    ['settled', 'rejected'],
    ['rejected', 'settled'],
    ['cancelled', 'settled'],
    ['failed', 'settled'],
  ] as const)('calls %s and then %s a contradiction', (from, reported) => {
    expect(movePayment(from, reported)).toEqual({ kind: 'contradiction' });
  });

  test('ignores a late report of what lies behind', () => {
    expect(movePayment('settled', 'processing')).toEqual({ kind: 'ignored' });
    expect(movePayment('processing', 'authorised')).toEqual({ kind: 'ignored' });
  });

  test('does not call a payment that the bank has failed', () => {
    for (const status of ['awaiting_authorisation', 'authorised', 'processing'] as const) {
      expect(movePayment(status, 'failed').kind).not.toBe('moved');
    }
  });
});

describe('whatever is reported in whatever order', () => {
  test('the payment never goes backwards', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const ranks = course(reports).map(rank);
        expect(ranks).toEqual(ranks.toSorted((left, right) => left - right));
      }),
    );
  });

  test('a final status never changes', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const past = course(reports);
        const end = past.find(isFinal);
        const sinceThen = end === undefined ? [] : past.slice(past.indexOf(end));
        expect(new Set(sinceThen).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('one final status among the reports of a bank is what becomes of the payment', () => {
    const reports = fc
      .tuple(fc.array(fc.constantFrom(...underWay), { maxLength: 10 }), fc.constantFrom(...ends))
      .chain(([others, end]) =>
        fc.record({
          end: fc.constant(end),
          order: fc.shuffledSubarray([...others, end], { minLength: others.length + 1 }),
        }),
      );
    fc.assert(fc.property(reports, ({ end, order }) => expect(course(order).at(-1)).toBe(end)));
  });

  test('the furthest report counts as long as none is final', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...underWay), { maxLength: 10 }), (reports) => {
        const furthest = Math.max(0, ...reports.map(rank));
        expect(course(reports).at(-1)).toBe(underWay[furthest]);
      }),
    );
  });

  test('every report may come twice', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const twice = reports.flatMap((reported) => [reported, reported]);
        expect(course(twice).at(-1)).toBe(course(reports).at(-1));
      }),
    );
  });

  test('a contradiction is between two different final statuses, and nothing else is', () => {
    fc.assert(
      fc.property(anyStatus, anyStatus, (from, reported) => {
        const contradicts = isFinal(from) && isFinal(reported) && from !== reported;
        expect(movePayment(from, reported).kind === 'contradiction').toBe(contradicts);
      }),
    );
  });
});

describe('the transitions', () => {
  test('lead only to what is further along', () => {
    for (const from of paymentStatuses) {
      for (const to of paymentTransitions[from]) expect(rank(to)).toBeGreaterThan(rank(from));
    }
  });

  test('end in settled, rejected, cancelled and failed', () => {
    expect(paymentStatuses.filter(isFinal)).toEqual(['settled', 'rejected', 'cancelled', 'failed']);
  });
});

describe('moneyMoved', () => {
  test('says yes of what is settled and of nothing else', () => {
    expect(paymentStatuses.filter((status) => moneyMoved(status) === 'yes')).toEqual(['settled']);
  });

  test('says no only where the bank cannot be carrying it out', () => {
    expect(paymentStatuses.filter((status) => moneyMoved(status) === 'no')).toEqual([
      'awaiting_authorisation',
      'rejected',
      'cancelled',
      'failed',
    ]);
  });
});
