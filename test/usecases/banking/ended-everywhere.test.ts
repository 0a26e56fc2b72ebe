import { describe, expect, test } from 'vitest';
import type { NextStep } from '#domain/banking/next-step.ts';
import { DropError } from '#domain/errors.ts';
import { findConnection } from '#store/bank-connections.ts';
import { checkConnection } from '#usecases/banking/complete-connection.ts';
import { endOwedConsents } from '#usecases/banking/end-at-provider.ts';
import { revokeConnection } from '#usecases/banking/end-connection.ts';
import { endDiscardedConsent } from '#usecases/banking/keep-grant.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { reconcileConsents } from '#usecases/banking/reconcile-consents.ts';
import { access, MadeUpBank } from './made-up-bank.ts';

async function linked(next: NextStep = { kind: 'none' }) {
  const bank = await MadeUpBank.start();
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-1', next });
  bank.provider.ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant() });
  const { context, user } = bank;
  const { id } = await startConnection(context, user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  const status = async () => (await findConnection(context.store.database, { id, userId: user.id }))?.status;
  return { bank, id, status };
}

const codes = [
  ['consent_ended', 'revoked'],
  ['consent_revoked', 'revoked'],
  ['consent_expired', 'expired'],
] as const;

describe.each(codes)('a provider that answers %s to every call', (code, noted) => {
  const ended = async (): Promise<never> => Promise.reject(new DropError(code, { outcome: 'refused' }));

  test('does not keep the customer from ending the consent', async () => {
    const { bank, id, status } = await linked();
    bank.provider.ais.revokeConsent = ended;
    await revokeConnection(bank.context, bank.user, id);
    expect(await status()).toBe('revoked');
  });

  test('does not make the job repeat that ends a discarded consent', async () => {
    const { bank, id } = await linked();
    bank.provider.ais.revokeConsent = ended;
    const discarded = { provider: 'made-up', bankId: 'dnb-accounts', reference: 'x', connectionId: id };
    await expect(endDiscardedConsent(bank.context, discarded)).resolves.toBeUndefined();
  });

  test(`has its consent noted as ${noted} by the daily reading`, async () => {
    const { bank, status } = await linked();
    bank.provider.ais.readConsent = ended;
    bank.context.clock.advance(86_400_001);
    await reconcileConsents(bank.context);
    expect(await status()).toBe(noted);
  });

  test('fails a consent that is not granted yet', async () => {
    const { bank, id, status } = await linked({ kind: 'decoupled', message: undefined, askAgainMs: 1_000 });
    bank.provider.ais.completeConsent = ended;
    bank.context.clock.advance(1_000);
    await expect(checkConnection(bank.context, bank.user, { id, access })).rejects.toMatchObject({
      code: 'consent_failed',
    });
    expect(await status()).toBe('failed');
  });
});

test('a consent that the provider was not asked to end is still to be ended there', async () => {
  const { bank, id, status } = await linked();
  bank.provider.ais.revokeConsent = async () =>
    Promise.reject(new DropError('consent_expired', { outcome: 'not_sent' }));
  await revokeConnection(bank.context, bank.user, id);
  expect(await status()).toBe('revoked');
  const asked: string[] = [];
  bank.provider.ais.revokeConsent = async ({ reference }) => void asked.push(reference);
  bank.context.clock.advance(60_000);
  await endOwedConsents(bank.context);
  await endOwedConsents(bank.context);
  expect(asked).toEqual(['consent-1']);
});
