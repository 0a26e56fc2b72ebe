import { expect, test } from 'vitest';
import { caretAfterGrouping, groupAccountNumber } from '#customer/pay/account-number-text.ts';

test.each([
  ['', ''],
  ['1234', '1234'],
  ['12345', '1234 5'],
  ['12345678903', '1234 56 78903'],
  ['1234.56.78903', '1234 56 78903'],
  ['1234-56-789', '1234 56 789'],
  ['\u202a1234 56 78903\u202c', '1234 56 78903'],
  ['12345\u200b678903', '1234 56 78903'],
  ['１２３４５', '1234 5'],
  ['NO93 8601 1117 947', '8601 11 17947'],
  ['NO94 8601 1117 947', 'NO94 8601 1117 947'],
  ['1234x', '1234x'],
])('"%s" is shown as "%s"', (text, shown) => {
  expect(groupAccountNumber(text)).toBe(shown);
});

test.each([
  ['12345', 5, '1234 5', 6],
  ['12345', 4, '1234 5', 4],
  ['12345', 0, '1234 5', 0],
  ['1234 567', 6, '1234 56 7', 6],
  ['\u202a12345\u202c', 7, '1234 5', 6],
  ['1234-', 5, '1234', 4],
  ['1234x 5', 7, '1234x 5', 7],
])('the caret of "%s" at %i moves in "%s" to %i', (text, caret, grouped, expected) => {
  expect(caretAfterGrouping(text, caret, grouped)).toBe(expected);
});
