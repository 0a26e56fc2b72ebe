import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { RetryBudget } from './retry-budget.ts';

function spendAll(budget: RetryBudget): number {
  let spent = 0;
  while (budget.spend()) spent += 1;
  return spent;
}

describe('the retry budget', () => {
  test('allows two repetitions of a single call, and two more after twenty seconds', () => {
    const clock = new ManualClock();
    const budget = new RetryBudget(clock);
    expect(spendAll(budget)).toBe(2);
    clock.advance(19_999);
    expect(spendAll(budget)).toBe(1);
    clock.advance(20_001);
    expect(spendAll(budget)).toBe(2);
  });

  test('earns one repetition with ten calls', () => {
    const budget = new RetryBudget(new ManualClock());
    spendAll(budget);
    for (let call = 0; call < 9; call += 1) budget.earn();
    expect(budget.spend()).toBe(false);
    budget.earn();
    expect(budget.spend()).toBe(true);
  });

  test('accumulates at most ten repetitions', () => {
    const budget = new RetryBudget(new ManualClock());
    for (let call = 0; call < 10_000; call += 1) budget.earn();
    expect(spendAll(budget)).toBe(10);
  });

  test('never allows more repetitions than a tenth of the calls, one in ten seconds, and the initial balance', () => {
    const event = fc.oneof(
      fc.constant('call' as const),
      fc.constant('fail' as const),
      fc.integer({ min: 0, max: 60_000 }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 500 }), (events) => {
        const clock = new ManualClock();
        const budget = new RetryBudget(clock);
        const sums = { calls: 0, repetitions: 0, elapsedMs: 0 };
        for (const each of events) {
          if (typeof each === 'number') {
            clock.advance(each);
            sums.elapsedMs += each;
          } else if (each === 'call') {
            budget.earn();
            sums.calls += 1;
          } else if (budget.spend()) sums.repetitions += 1;
        }
        expect(sums.repetitions).toBeLessThanOrEqual(sums.calls / 10 + sums.elapsedMs / 10_000 + 2 + 1e-6);
      }),
    );
  });
});
