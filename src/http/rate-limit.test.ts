import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { RateLimit } from './rate-limit.ts';

const minute = 60_000;

test('the limit allows a minute’s uses at once, and then one per share of a minute', () => {
  const clock = new ManualClock();
  const limit = new RateLimit(clock, 3);
  expect([1, 2, 3].map(() => limit.take('a'))).toEqual([undefined, undefined, undefined]);
  expect(limit.take('a')).toBe(20_000);
  clock.advance(19_999);
  expect(limit.take('a')).toBe(1);
  clock.advance(1);
  expect(limit.take('a')).toBeUndefined();
  expect(limit.take('a')).toBe(20_000);
});

test('the limit does not count when the wait is read', () => {
  const limit = new RateLimit(new ManualClock(), 1);
  expect([limit.wait('a'), limit.wait('a'), limit.take('a')]).toEqual([undefined, undefined, undefined]);
  expect([limit.wait('a'), limit.wait('a'), limit.take('a')]).toEqual([minute, minute, minute]);
});

test('the limit counts each address separately', () => {
  const limit = new RateLimit(new ManualClock(), 1);
  expect(limit.take('a')).toBeUndefined();
  expect(limit.take('a')).toBe(minute);
  expect(limit.take('b')).toBeUndefined();
});

test('the limit refuses for no longer than usual after the clock is set back', () => {
  const clock = new ManualClock();
  const limit = new RateLimit(clock, 2);
  limit.take('a');
  limit.take('a');
  clock.advance(-60 * minute);
  expect(limit.take('a')).toBe(minute / 2);
});

test('the limit allows no more in any span than the initial allowance and the refill', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }),
      (perMinute, waits) => {
        const clock = new ManualClock();
        const limit = new RateLimit(clock, perMinute);
        let passed = 0;
        let elapsed = 0;
        for (const wait of waits) {
          clock.advance(wait);
          elapsed += wait;
          if (limit.take('a') === undefined) passed += 1;
        }
        expect(passed).toBeLessThanOrEqual(perMinute + (elapsed / minute) * perMinute + 1e-6);
      },
    ),
  );
});

test('the limit allows a use after the reported wait', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 0, max: 59_000 }),
      (perMinute, wait) => {
        const clock = new ManualClock();
        const limit = new RateLimit(clock, perMinute);
        limit.take('a');
        clock.advance(wait);
        let retryAfterMs = limit.take('a');
        while (retryAfterMs === undefined) retryAfterMs = limit.take('a');
        clock.advance(retryAfterMs);
        expect(limit.take('a')).toBeUndefined();
      },
    ),
  );
});

test('the limit remembers ten thousand addresses and removes the least recently used one', () => {
  const limit = new RateLimit(new ManualClock(), 2);
  for (const key of ['first', 'second', 'second', 'first']) limit.take(key);
  for (let other = 0; other < 9_999; other += 1) limit.take(`${other}`);
  expect(limit.take('first')).toBe(minute / 2);
  expect(limit.take('second')).toBeUndefined();
});
