import { expect, test } from 'vitest';
import { canCheckPayee } from '#usecases/payments/can-check-payee.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { ManualClock } from '#domain/clock.ts';
import { linkedBank } from './linked-bank.ts';

test('a payee cannot be checked at a provider that does not offer it', async () => {
  const { bank } = await linkedBank();
  const [account] = await bank.accounts();
  expect(account && canCheckPayee(bank.context, account)).toBe(false);
});

test('a payee can be checked where the provider of the account offers it', async () => {
  const { bank } = await linkedBank();
  const [account] = await bank.accounts();
  bank.provider = { ...bank.provider, payees: { checkPayee: async () => ({ kind: 'not_possible' }) } };
  expect(account && canCheckPayee(bank.context, account)).toBe(true);
  expect(canCheckPayee(bank.context, { provider: 'another' })).toBe(false);
});

test.each(openBankingProviders)('$displayName checks no payee', async ({ createMock }) => {
  const sources = { clock: new ManualClock(), entropy: systemEntropy, seed: 7 };
  const mock = await createMock({ ...sources, callbackUrl: 'http://localhost:1/callback' });
  expect(mock.payees).toBeUndefined();
});
