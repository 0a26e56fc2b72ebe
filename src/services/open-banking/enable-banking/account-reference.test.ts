import { expect, test } from 'vitest';
import { readAccountReference, writeAccountReference } from './account-reference.ts';

test.each([
  { uid: '07cc67f4-45d6-494b-adac-09b5cbc7e2b5', bankId: 'Sbanken (DNB)', hasCredit: true },
  { uid: '07cc67f4-45d6-494b-adac-09b5cbc7e2b5', bankId: 'a@b+credit@c', hasCredit: false },
])('$bankId, credit $hasCredit, is read as it was written', (account) => {
  expect(readAccountReference(writeAccountReference(account))).toEqual(account);
});

test.each(['', 'DNB', '07cc67f4@', '../07cc@DNB'])('%j is not a reference', (reference) => {
  expect(readAccountReference(reference)).toBeUndefined();
});
