import { expect, test } from 'vitest';
import { noStep } from '#domain/banking/next-step.ts';
import { DropError, type ErrorCode } from '#domain/errors.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { refreshBalance } from '#usecases/banking/refresh-balance.ts';
import { access, MadeUpBank } from './made-up-bank.ts';

async function linkedBank(failsWith: ErrorCode): Promise<MadeUpBank> {
  const bank = await MadeUpBank.start();
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-1', next: noStep });
  bank.provider.ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant() });
  const { readBalance } = bank.provider.ais;
  bank.provider.ais.readBalance = () => Promise.reject(new DropError(failsWith, { outcome: 'not_sent' }));
  await startConnection(bank.context, bank.user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  bank.provider.ais.readBalance = readBalance;
  return bank;
}

for (const code of ['bank_unavailable', 'bank_rate_limited', 'provider_invalid_response'] as const) {
  test(`a bank that fails the first reading with ${code} is linked all the same, without a balance`, async () => {
    const bank = await linkedBank(code);
    const [account] = await bank.accounts();
    expect(account).toMatchObject({ consentStatus: 'active', balance: undefined, balanceAt: undefined });

    await refreshBalance(bank.context, bank.user, { accountId: account?.id ?? '', access });
    const [read] = await bank.accounts();
    expect(read?.balance).toEqual({ amount: 1_000_000, currency: 'NOK' });
  });
}
