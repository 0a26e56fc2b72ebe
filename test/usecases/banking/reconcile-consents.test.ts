import { expect, test } from 'vitest';
import type { ConsentReading } from '#services/open-banking/service.ts';
import { findConnection } from '#store/bank-connections.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { reconcileConsents } from '#usecases/banking/reconcile-consents.ts';
import { access, MadeUpBank } from './made-up-bank.ts';

const dayMs = 86_400_000;

async function linked(readings: (ConsentReading | Error)[]) {
  const bank = await MadeUpBank.start();
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-1', next: { kind: 'none' } });
  bank.provider.ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant() });
  const read: string[] = [];
  bank.provider.ais.readConsent = async ({ reference }) => {
    read.push(reference);
    const reading = readings.shift() ?? { kind: 'active', validUntil: undefined };
    if (reading instanceof Error) throw reading;
    return reading;
  };
  const { context, user } = bank;
  const { id } = await startConnection(context, user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  const status = async () => (await findConnection(context.store.database, { id, userId: user.id }))?.status;
  return { bank, read, status };
}

test.each([
  ['revoked', 'revoked'],
  ['expired', 'expired'],
  [undefined, 'revoked'],
] as const)('a consent that has ended at the bank (%s) is noted as %s', async (cause, noted) => {
  const { bank, status } = await linked([{ kind: 'ended', cause }]);
  bank.context.clock.advance(dayMs + 1);
  await reconcileConsents(bank.context);
  expect(await status()).toBe(noted);
});

test('a consent is read once a day, by one of the processes', async () => {
  const { bank, read, status } = await linked([]);
  await reconcileConsents(bank.context);
  expect(read).toEqual([]);
  bank.context.clock.advance(dayMs + 1);
  await Promise.all([reconcileConsents(bank.context), reconcileConsents(bank.context)]);
  expect(read).toEqual(['consent-1']);
  bank.context.clock.advance(dayMs + 1);
  await reconcileConsents(bank.context);
  expect(read).toHaveLength(2);
  expect(await status()).toBe('active');
});

test('a consent that cannot be read stays as it is, and is read again on the next day', async () => {
  const { bank, status } = await linked([new Error('no answer'), { kind: 'ended', cause: 'revoked' }]);
  bank.context.clock.advance(dayMs + 1);
  await reconcileConsents(bank.context);
  expect(await status()).toBe('active');
  bank.context.clock.advance(dayMs + 1);
  await reconcileConsents(bank.context);
  expect(await status()).toBe('revoked');
});
