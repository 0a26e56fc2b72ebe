import { expect, test } from 'vitest';
import { firstWay, nextWay } from '#customer/payments/rail-way.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const paid = ['done', 'done', 'done'];
const atBank = ['done', 'now', 'ahead'];

test('a payment at the bank sets out from the approval when its page opens', () => {
  expect(firstWay({ settledAt: null }, atBank, now)).toEqual({ from: 0, to: 1 });
});

test('a payment that was paid a moment ago is seen on its whole way', () => {
  expect(firstWay({ settledAt: '2026-11-30T11:59:30Z' }, paid, now)).toEqual({ from: 0, to: 2 });
});

test('the drop of an old receipt rests', () => {
  expect(firstWay({ settledAt: '2026-11-30T11:58:00Z' }, paid, now)).toEqual({ from: 2, to: 2 });
});

test.each([
  ['waits for its approval', ['waits', 'ahead', 'ahead'], 0],
  ['was rejected at the bank', ['done', 'stopped', 'ahead'], 1],
  ['is scheduled', ['done', 'waits', 'ahead'], 1],
])('nothing moves where a payment %s', (_state, course, at) => {
  expect(firstWay({ settledAt: null }, course, now)).toEqual({ from: at, to: at });
});

test('the drop goes on from where it is', () => {
  expect(nextWay({ from: 0, to: 1 }, paid)).toEqual({ from: 1, to: 2 });
});

test('a reading that changes nothing moves nothing', () => {
  const way = { from: 0, to: 1 };
  expect(nextWay(way, atBank)).toBe(way);
});
