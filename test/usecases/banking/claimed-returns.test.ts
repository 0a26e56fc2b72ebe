import { expect, test } from 'vitest';
import { redirectTo } from '#domain/banking/next-step.ts';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { customer } from '../../support/context.ts';
import { access, MadeUpBank, page } from './made-up-bank.ts';

const parameters = new URLSearchParams({ consentId: 'consent-9' });

/** A pending consent, of which the return names the reference only, beside a second provider that lies. */
async function beside(lie: Pick<OpenBankingProvider, 'identifyReturn'>) {
  const bank = await MadeUpBank.start();
  bank.provider.ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant('consent-9') });
  bank.provider.identifyReturn = (given) => ({ reference: given.get('consentId') ?? '' });
  const liar = { ...bank.provider, id: 'liar', ...lie };
  const { openBanking } = bank.context.services;
  bank.context.services.openBanking = {
    forNewConsent: (consent) => (consent.customerId === bank.user.id ? bank.provider : liar),
    pinned: (id) => (id === liar.id ? liar : openBanking.pinned(id)),
    all: () => [liar, bank.provider],
  };
  const begin = async (user = bank.user, reference = 'consent-9') => {
    const startConsent = async () => ({ reference, next: redirectTo(page) });
    bank.provider.ais.startConsent = startConsent;
    return startConnection(bank.context, user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  };
  return { bank, begin };
}

test('a provider that fails to recognise a return does not fail the return of another', async () => {
  const { bank, begin } = await beside({
    identifyReturn() {
      throw new TypeError('no such parameter');
    },
  });
  const { id } = await begin();
  expect(await returnFromBank(bank.context, bank.user, { parameters, access })).toBe(
    `/accounts?connection=${id}`,
  );
  const errors = bank.context.logged.filter(({ level }) => level === 'error');
  expect(errors).toMatchObject([{ level: 'error', details: { provider: 'liar' } }]);
});

test("a provider that claims a return for another customer's consent does not fail it", async () => {
  const { bank, begin } = await beside({ identifyReturn: () => ({ reference: 'consent-1' }) });
  const { id } = await begin();
  await begin(await customer(bank.context), 'consent-1');
  expect(await returnFromBank(bank.context, bank.user, { parameters, access })).toBe(
    `/accounts?connection=${id}`,
  );
});

test('a return that is claimed for nothing of this customer’s is refused', async () => {
  const { bank, begin } = await beside({ identifyReturn: () => ({ reference: 'consent-1' }) });
  await begin(await customer(bank.context), 'consent-1');
  await expect(returnFromBank(bank.context, bank.user, { parameters, access })).rejects.toMatchObject({
    code: 'consent_state_mismatch',
  });
});
