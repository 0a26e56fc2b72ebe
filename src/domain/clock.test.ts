import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from './clock.ts';

test('stands still until it is moved', () => {
  const clock = new ManualClock();
  const start = clock.now().getTime();
  clock.advance(1_500);
  expect(clock.now().getTime() - start).toBe(1_500);
});

test('does not move when a caller changes a date that it returned', () => {
  const clock = new ManualClock();
  const start = clock.now();
  clock.now().setFullYear(1999);
  expect(clock.now()).toEqual(start);
});

test('runs due tasks in the order of their time, and tasks with equal times in the order of scheduling', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 30 }), (delaysMs) => {
      const clock = new ManualClock();
      const ran: number[] = [];
      for (const [index, delayMs] of delaysMs.entries()) clock.schedule(delayMs, () => ran.push(index));
      clock.advance(10);
      const due = [...delaysMs.entries()].filter(([, delayMs]) => delayMs <= 10);
      expect(ran).toEqual(due.toSorted(([, left], [, right]) => left - right).map(([index]) => index));
    }),
  );
});

test('shows a task the time it was due at, and runs a task that it schedules within the same advance', () => {
  const clock = new ManualClock();
  const start = clock.now().getTime();
  const seen: number[] = [];
  clock.schedule(10, () => {
    seen.push(clock.now().getTime() - start);
    clock.schedule(5, () => seen.push(clock.now().getTime() - start));
  });
  clock.advance(20);
  expect(seen).toEqual([10, 15]);
});

test('does not run a cancelled task', () => {
  const clock = new ManualClock();
  let runs = 0;
  clock.schedule(5, () => (runs += 1)).cancel();
  clock.advance(10);
  expect(runs).toBe(0);
});
