import { expect, test } from 'vitest';
import { sessionLimit } from '#customer/shell/session-limit.ts';

const answeredAt = Date.parse('2026-02-23T14:30:00Z');
const after = (minutes: number) => ({ answeredAt, now: answeredAt + minutes * 60_000 });
const hour = 3_600;

test('the customer is told of the end five minutes before it, not earlier', () => {
  expect(sessionLimit(hour, after(54.9))).toEqual({ kind: 'far' });
  expect(sessionLimit(hour, after(55))).toEqual({ kind: 'told', endsAt: answeredAt + hour * 1_000 });
  expect(sessionLimit(hour, after(59.9))).toMatchObject({ kind: 'told' });
  expect(sessionLimit(hour, after(60))).toEqual({ kind: 'over' });
});

test('nothing is told where the server does not say when the session ends', () => {
  expect(sessionLimit(undefined, after(60 * 24))).toEqual({ kind: 'far' });
});
