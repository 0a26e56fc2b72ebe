import { expect, test } from 'vitest';
import { cardStatuses, isExpired, judgeCardMove } from './card.ts';

test.each([
  ['inactive', 'active', 'moved'],
  ['inactive', 'canceled', 'moved'],
  ['active', 'inactive', 'moved'],
  ['active', 'canceled', 'moved'],
  ['canceled', 'active', 'refused'],
  ['canceled', 'inactive', 'refused'],
] as const)('a card that is %s and is to be %s: %s', (from, to, judged) => {
  expect(judgeCardMove(from, to)).toBe(judged);
});

test.each(cardStatuses)('a card that is %s stays so without a move', (status) => {
  expect(judgeCardMove(status, status)).toBe('same');
});

test('a card is valid until the end of its month', () => {
  const card = { expYear: 2026, expMonth: 2 };
  expect(isExpired(card, new Date('2026-02-28T23:59:59.999Z'))).toBe(false);
  expect(isExpired(card, new Date('2026-03-01T00:00:00Z'))).toBe(true);
});

test('a card of December is valid until the year ends', () => {
  const card = { expYear: 2026, expMonth: 12 };
  expect(isExpired(card, new Date('2026-12-31T23:59:59.999Z'))).toBe(false);
  expect(isExpired(card, new Date('2027-01-01T00:00:00Z'))).toBe(true);
});
