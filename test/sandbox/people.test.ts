import { expect, test } from 'vitest';
import { isAccountNumber } from '#domain/banking/account-number.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { bankCustomers } from '#sandbox/people.ts';

test('every account number of the sandbox is valid and belongs to one account at one bank', () => {
  const accounts = bankCustomers.flatMap((customer) => customer.accounts);
  const numbers = accounts.map(({ accountNumber }) => accountNumber);
  expect(numbers.filter((number) => !isAccountNumber(number))).toEqual([]);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test.each(openBankingProviders)(
  'every customer has accounts at every bank of $displayName',
  async (provider) => {
    const mock = await provider.createMock({ clock: never, callbackUrl: 'http://localhost/', seed: 1 });
    const banks = (await mock.ais?.listBanks()) ?? [];
    expect(banks.length).toBeGreaterThan(0);
    for (const { accounts } of bankCustomers)
      expect(banks.filter(({ name }) => !accounts.some(({ bank }) => bank === name))).toEqual([]);
  },
);

const never = { now: () => new Date(0), schedule: () => ({ cancel: () => undefined }) };
