import { expect, test } from 'vitest';
import { initialsOf } from '#customer/banks/bank-initials.ts';

test.each([
  ['DNB', 'DNB'],
  ['Nordea', 'N'],
  ['SpareBank 1 Østlandet', 'S1'],
  ['Sbanken (DNB)', 'SD'],
  ['Danske Bank', 'D'],
  ['BankNordik', 'BN'],
  ['Østre Agder Sparebank', 'ØA'],
  ['Bank', 'B'],
  ['', '?'],
])('%s has the initials %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
