import { expect, test } from 'vitest';
import { banksSearch } from '#customer/search.ts';

test.each(['consent_cancelled', 'consent_failed', 'bank_unavailable', 'bank_rate_limited'])(
  'the consent outcome %s is accepted in the address of the bank list',
  (outcome) => {
    expect(banksSearch({ outcome })).toEqual({ bank: undefined, renew: undefined, outcome });
  },
);

test.each(['active', '', 5, undefined])('%j is not accepted as an outcome', (outcome) => {
  expect(banksSearch({ outcome }).outcome).toBeUndefined();
});
