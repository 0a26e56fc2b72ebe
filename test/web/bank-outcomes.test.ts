import { expect, test } from 'vitest';
import { banksSearch } from '#customer/search.ts';

test.each(['consent_cancelled', 'consent_failed', 'bank_unavailable', 'bank_rate_limited'])(
  'the outcome %s of a consent has a notice on the banks page',
  (outcome) => {
    expect(banksSearch({ outcome })).toEqual({ bank: undefined, outcome });
  },
);

test.each(['active', '', 5, undefined])('%j is not an outcome', (outcome) => {
  expect(banksSearch({ outcome }).outcome).toBeUndefined();
});
