import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFinal, moneyMoved, movePayment, paymentStatuses, type PaymentStatus } from './payment.ts';

const statuses = fc.constantFrom(...paymentStatuses);
const finals = paymentStatuses.filter(isFinal);
const onTheWay = paymentStatuses.filter((status) => !isFinal(status));

/** Every status that a payment passes through under `reports`, the first one included. */
function history(reports: readonly PaymentStatus[]): PaymentStatus[] {
  const passed: PaymentStatus[] = ['created'];
  for (const reported of reports) {
    const move = movePayment(passed.at(-1) ?? 'created', reported);
    if (move.kind === 'moved') passed.push(move.to);
  }
  return passed;
}

/** How far a status is; all final ones are equally far. */
function progress(status: PaymentStatus): number {
  return isFinal(status) ? onTheWay.length : onTheWay.indexOf(status);
}

test('the final statuses are the four that say how it ended', () => {
  expect(finals).toEqual(['settled', 'rejected', 'cancelled', 'failed']);
});

test('whatever is reported, in whatever order, a payment only goes forwards', () => {
  fc.assert(
    fc.property(fc.array(statuses, { maxLength: 20 }), (reports) => {
      const passed = history(reports).map(progress);
      expect(passed).toEqual([...new Set(passed)].toSorted((left, right) => left - right));
    }),
  );
});

test('a final status never changes, and one that contradicts it is told of', () => {
  fc.assert(
    fc.property(fc.constantFrom(...finals), statuses, (final, reported) => {
      // After "it never reached the bank", whatever the bank says of it is a contradiction.
      const isDenied = isFinal(reported) || (final === 'failed' && reported !== 'created');
      const isContradiction = isDenied && reported !== final;
      expect(movePayment(final, reported).kind).toBe(isContradiction ? 'contradiction' : 'ignored');
    }),
  );
});

test('reports with one final status among them end in it, in any order', () => {
  // "failed" says that the bank never had the payment: no other report can stand beside it.
  const reportable = finals.filter((status) => status !== 'failed');
  const reports = fc
    .tuple(fc.constantFrom(...reportable), fc.array(fc.constantFrom(...onTheWay), { maxLength: 8 }))
    .chain(([final, others]) => {
      const all = [final, ...others];
      const shuffled = fc.shuffledSubarray(all, { minLength: all.length });
      return shuffled.map((order) => ({ final, order }));
    });
  fc.assert(
    fc.property(reports, ({ final, order }) => {
      expect(history(order).at(-1)).toBe(final);
    }),
  );
});

test('a payment that the bank has cannot have failed to reach it', () => {
  expect(movePayment('created', 'failed')).toEqual({ kind: 'moved', to: 'failed' });
  for (const status of ['awaiting_authorisation', 'authorised', 'processing'] as const)
    expect(movePayment(status, 'failed')).toEqual({ kind: 'ignored' });
});

test('money has moved only where the bank said so, and is not denied where it may have', () => {
  const by = (answer: string): PaymentStatus[] =>
    paymentStatuses.filter((each) => moneyMoved(each) === answer);
  expect(by('yes')).toEqual(['settled']);
  expect(by('not_yet_known')).toEqual(['created', 'authorised', 'processing']);
});
