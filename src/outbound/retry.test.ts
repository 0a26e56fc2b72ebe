import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retryAfterMs, retryDelayMs } from './retry.ts';

const now = new Date('2026-02-23T14:30:00Z');

describe('retryAfterMs', () => {
  test.each([
    ['0', 0],
    ['7', 7_000],
    [' 7 ', 7_000],
    ['Mon, 23 Feb 2026 14:30:09 GMT', 9_000],
    ['Mon, 23 Feb 2026 14:29:00 GMT', 0],
    ['86400', 3_600_000],
    ['Mon, 01 Jan 2099 00:00:00 GMT', 3_600_000],
  ])('reads %j', (header, waitMs) => {
    expect(retryAfterMs(header, now)).toBe(waitMs);
  });

  test.each([
    null,
    '',
    '-1',
    '1.5',
    '7 s',
    'soon',
    '2026-02-23T14:30:09Z',
    'Mon, nonsense GMT',
    '1'.repeat(10),
  ])('makes nothing of %j', (header) => {
    expect(retryAfterMs(header, now)).toBeUndefined();
  });

  test('ignores a date when it is not given the current time', () => {
    expect(retryAfterMs('Mon, 23 Feb 2026 14:30:09 GMT')).toBeUndefined();
  });
});

describe('retryDelayMs', () => {
  test('doubles up to two seconds', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7].map((attempt) => retryDelayMs(attempt, () => 1));
    expect(longest).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000]);
  });

  test('takes a random share of the delay', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), share, (attempt, random) => {
        const delayMs = retryDelayMs(attempt, () => random);
        expect(delayMs).toBe(Math.round(random * retryDelayMs(attempt, () => 1)));
      }),
    );
  });
});
