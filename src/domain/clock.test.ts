import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManualClock, systemClock } from './clock.ts';

describe('ManualClock', () => {
  test('stands still until it is moved', () => {
    const clock = new ManualClock(new Date('2026-02-23T14:30:00Z'));
    expect(clock.now()).toEqual(new Date('2026-02-23T14:30:00Z'));
    clock.advance(1_500);
    expect(clock.now()).toEqual(new Date('2026-02-23T14:30:01.500Z'));
  });

  test('is not moved by who changes a date it gave out', () => {
    const clock = new ManualClock();
    const before = clock.now();
    clock.now().setFullYear(1999);
    expect(clock.now()).toEqual(before);
  });

  test('runs a task when its time has come, and once', () => {
    const clock = new ManualClock();
    let runs = 0;
    clock.schedule(100, () => (runs += 1));
    clock.advance(99);
    expect(runs).toBe(0);
    clock.advance(1);
    expect(runs).toBe(1);
    clock.advance(1_000);
    expect(runs).toBe(1);
  });

  test('runs a task that is due at once only when it is moved', () => {
    const clock = new ManualClock();
    let runs = 0;
    clock.schedule(0, () => (runs += 1));
    expect(runs).toBe(0);
    clock.advance(0);
    expect(runs).toBe(1);
  });

  test('does not run what was cancelled, and cancelling late does no harm', () => {
    const clock = new ManualClock();
    const ran: string[] = [];
    const cancelled = clock.schedule(100, () => ran.push('cancelled'));
    const kept = clock.schedule(100, () => ran.push('kept'));
    cancelled.cancel();
    clock.advance(100);
    kept.cancel();
    expect(ran).toEqual(['kept']);
  });

  test('runs what a task puts off, when that is due within the same move', () => {
    const clock = new ManualClock();
    const at: number[] = [];
    const start = clock.now().getTime();
    const again = (): void => {
      at.push(clock.now().getTime() - start);
      clock.schedule(400, again);
    };
    clock.schedule(100, again);
    clock.advance(1_000);
    expect(at).toEqual([100, 500, 900]);
    expect(clock.now().getTime() - start).toBe(1_000);
  });

  test('runs tasks in the order of their time, those of one time as they came, each at its time', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 });
    fc.assert(
      fc.property(delays, fc.array(fc.integer({ min: 0, max: 30 })), (delaysMs, movesMs) => {
        const clock = new ManualClock(new Date(0));
        const ran: { index: number; at: number }[] = [];
        delaysMs.forEach((delayMs, index) =>
          clock.schedule(delayMs, () => ran.push({ index, at: clock.now().getTime() })),
        );
        for (const moveMs of movesMs) clock.advance(moveMs);
        const end = clock.now().getTime();
        const expected = delaysMs
          .map((at, index) => ({ index, at }))
          .filter(({ at }) => at <= end && movesMs.length > 0)
          .toSorted((left, right) => left.at - right.at || left.index - right.index);
        expect(ran).toEqual(expected);
      }),
    );
  });
});

describe('systemClock', () => {
  test('runs a task, and not one that was cancelled', async () => {
    const ran: string[] = [];
    const { promise, resolve } = Promise.withResolvers<undefined>();
    systemClock.schedule(1, () => ran.push('cancelled')).cancel();
    systemClock.schedule(2, () => resolve(undefined));
    await promise;
    expect(ran).toEqual([]);
  });
});
