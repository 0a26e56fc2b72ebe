import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isFinal,
  moneyMoved,
  movePayment,
  paymentStatuses,
  paymentTransitions,
  sendableStatuses,
  type PaymentStatus,
  type ReportedStatus,
} from './status.ts';

const notReported: readonly PaymentStatus[] = ['created', 'initiating', 'failed'];
const reportable = paymentStatuses.filter(
  (status): status is ReportedStatus => !notReported.includes(status),
);
const reports = fc.constantFrom(...reportable);
const finals = paymentStatuses.filter(isFinal);
const onTheWay = paymentStatuses.filter((status) => !isFinal(status));

/** Every status that a payment passes through when `reported` follows its hand-over. */
function history(reported: readonly ReportedStatus[]): PaymentStatus[] {
  const passed: PaymentStatus[] = ['initiating'];
  for (const each of reported) {
    const move = movePayment(passed.at(-1) ?? 'initiating', each);
    if (move.kind === 'moved') passed.push(move.to);
  }
  return passed;
}

/** How far along a status is; all final statuses count as equally far. */
function progress(status: PaymentStatus): number {
  return isFinal(status) ? onTheWay.length : onTheWay.indexOf(status);
}

test('the final statuses are the five that say how it ended', () => {
  expect(finals).toEqual(['settled', 'rejected', 'cancelled', 'expired', 'failed']);
});

test('under any reports in any order, a payment only moves forward', () => {
  fc.assert(
    fc.property(fc.array(reports, { maxLength: 20 }), (reported) => {
      const passed = history(reported).map(progress);
      expect(passed).toEqual([...new Set(passed)].toSorted((left, right) => left - right));
    }),
  );
});

test('no report changes a final status', () => {
  fc.assert(
    fc.property(fc.constantFrom(...finals), reports, (final, reported) => {
      expect(movePayment(final, reported).kind).not.toBe('moved');
    }),
  );
});

const haveIt = [
  'unknown',
  'awaiting_authorisation',
  'authorised',
  'scheduled',
  'processing',
  'settled',
] as const;

test.each([
  ['settled', ['rejected', 'cancelled', 'expired']],
  ['rejected', ['settled', 'cancelled', 'expired']],
  ['cancelled', ['settled', 'rejected', 'expired']],
  // The bank has the payment after all. A report that it ended without a transfer agrees with Drop's status.
  ['expired', haveIt],
  ['failed', haveIt],
  ['created', haveIt],
] as const)('a payment that is %s is denied by a report of %j and by no other', (status, denials) => {
  const denying = reportable.filter((reported) => movePayment(status, reported).kind === 'contradiction');
  expect(denying.toSorted()).toEqual([...denials].toSorted());
});

test('reports with one final status among them end in it, in any order', () => {
  const endings = reportable.filter(isFinal);
  const open = reportable.filter((status) => !isFinal(status));
  const mixed = fc
    .tuple(fc.constantFrom(...endings), fc.array(fc.constantFrom(...open), { maxLength: 8 }))
    .chain(([final, others]) => {
      const all = [final, ...others];
      const shuffled = fc.shuffledSubarray(all, { minLength: all.length });
      return shuffled.map((order) => ({ final, order }));
    });
  fc.assert(
    fc.property(mixed, ({ final, order }) => {
      // An approved payment needs no further approval: "expired" ends only payments that still wait for the customer.
      const isTooLate = final === 'expired' && order.some((status) => progress(status) > progressOfWaiting);
      expect(isTooLate || history(order).at(-1) === final).toBe(true);
    }),
  );
});

const progressOfWaiting = progress('awaiting_authorisation');

test.each(['rejected', 'cancelled'] as const)(
  'a payment that is %s and under way after all is in doubt',
  (status) => {
    const doubted = reportable.filter((reported) => movePayment(status, reported).kind === 'doubt');
    expect(doubted).toEqual(['authorised', 'scheduled', 'processing']);
  },
);

test('a report that says nothing moves a payment no further than to "unknown"', () => {
  for (const from of paymentStatuses) {
    const move = movePayment(from, 'unknown');
    if (from === 'initiating') expect(move).toEqual({ kind: 'moved', to: 'unknown' });
    else expect(move.kind).not.toBe('moved');
  }
});

test('a payment is handed over only from statuses in which the bank certainly does not have it', () => {
  expect(sendableStatuses).toEqual(['created', 'failed']);
});

test('a payment that the bank may have cannot have failed to reach it', () => {
  const before = paymentStatuses.filter((status) => paymentTransitions[status].includes('failed'));
  expect(before).toEqual(['created', 'initiating']);
});

test('money has moved only when the bank said so, and "no" is said only when it certainly has not', () => {
  const by = (answer: string): PaymentStatus[] =>
    paymentStatuses.filter((status) => moneyMoved({ status, isContradicted: false }) === answer);
  expect(by('yes')).toEqual(['settled']);
  expect(by('no')).toEqual(['rejected', 'cancelled', 'expired', 'failed']);
});

test('whether money has moved is not known of any payment that its bank contradicts', () => {
  for (const status of paymentStatuses)
    expect(moneyMoved({ status, isContradicted: true })).toBe('not_yet_known');
});
