import { expect, test } from 'vitest';
import { readAccountReference, writeAccountReference } from './account-reference.ts';

test.each([
  { uid: '07cc67f4-45d6-494b-adac-09b5cbc7e2b5', bankId: 'Sbanken (DNB)', hasCredit: true },
  { uid: '07cc67f4-45d6-494b-adac-09b5cbc7e2b5', bankId: 'a@b+credit@c', hasCredit: false },
  { uid: '07cc67f4-45d6-494b-adac-09b5cbc7e2b5', bankId: 'DNB+SEK@x', hasCredit: false, currency: 'EUR' },
  { uid: 'account_1', bankId: 'DNB', hasCredit: true, currency: 'EUR' },
])('$bankId, credit $hasCredit, currency $currency, is read as it was written', (account) => {
  expect(readAccountReference(writeAccountReference(account))).toEqual(account);
});

test('kroner are not written, as in references of before', () => {
  const account = { uid: '07cc67f4', bankId: 'DNB', hasCredit: false };
  expect(writeAccountReference({ ...account, currency: 'NOK' })).toBe('07cc67f4@DNB');
  expect(readAccountReference('07cc67f4@DNB')).toEqual(account);
});

test.each(['', 'DNB', '07cc67f4@', '../07cc@DNB'])('%j is not a reference', (reference) => {
  expect(readAccountReference(reference)).toBeUndefined();
});
