import { expect, test } from 'vitest';
import { redirectTo, type NextStep } from '#domain/banking/next-step.ts';
import { findConnection } from '#store/bank-connections.ts';
import { checkConnection } from '#usecases/banking/complete-connection.ts';
import { revokeConnection } from '#usecases/banking/end-connection.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { access, MadeUpBank, page } from './made-up-bank.ts';

/** A consent that waits for the customer, who can give it at any moment. */
async function stand(next: NextStep, reference?: string) {
  const bank = await MadeUpBank.start();
  const { context, user } = bank;
  const given = { state: '' };
  const ended: string[] = [];
  bank.provider.ais.startConsent = async ({ state }) => {
    given.state = state;
    return { reference, next };
  };
  bank.provider.ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant() });
  bank.provider.ais.revokeConsent = async (consent) => void ended.push(consent.reference);
  const { id } = await startConnection(context, user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  return {
    ended,
    bank,
    end: () => revokeConnection(context, user, id),
    check: () => checkConnection(context, user, { id, access }),
    async comeBack() {
      const parameters = new URLSearchParams({ state: given.state });
      return returnFromBank(context, user, { parameters, access });
    },
    status: async () => (await findConnection(context.store.database, { id, userId: user.id }))?.status,
  };
}

test('a consent that the customer ended before it was given is not given by a return', async () => {
  const { end, comeBack, status } = await stand(redirectTo(page));
  await end();
  expect(await comeBack()).toBe('/banks?outcome=consent_cancelled');
  expect(await status()).toBe('cancelled');
});

test('a decoupled consent that the customer ended is ended at the provider, and not asked about', async () => {
  const decoupled: NextStep = { kind: 'decoupled', message: undefined, askAgainMs: 4_000 };
  const { bank, end, check, ended } = await stand(decoupled, 'consent-1');
  await end();
  bank.context.clock.advance(4_000);
  expect(await check()).toMatchObject({ status: 'cancelled' });
  expect(ended).toEqual(['consent-1']);
});

test('a consent that is ended while it is completed is ended at the provider, too', async () => {
  const { bank, end, comeBack, status, ended } = await stand(redirectTo(page));
  bank.provider.ais.completeConsent = async () => {
    await end();
    return { kind: 'granted', grant: bank.grant('consent-9') };
  };
  expect(await comeBack()).toBe('/banks?outcome=consent_failed');
  expect(await status()).toBe('cancelled');
  expect(ended).toEqual(['consent-9']);
});

test('a consent that is asked about while it is ended at the provider stays cancelled', async () => {
  const decoupled: NextStep = { kind: 'decoupled', message: undefined, askAgainMs: 4_000 };
  const { bank, end, check, status, ended } = await stand(decoupled, 'consent-1');
  bank.context.clock.advance(4_000);
  bank.provider.ais.revokeConsent = async ({ reference }) => {
    if (ended.push(reference) === 1) await check();
  };
  await end();
  expect(await status()).toBe('cancelled');
  expect(ended).toEqual(['consent-1']);
});
