import { expect, test } from 'vitest';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { reconcileConsents } from '#usecases/banking/reconcile-consents.ts';
import { access, MadeUpBank } from './made-up-bank.ts';

const dayMs = 86_400_000;

/** Five consents, of which the job reads four at once; `read` are those that the provider was asked about. */
async function fiveConsents() {
  const bank = await MadeUpBank.start();
  const { context, user, provider } = bank;
  for (const reference of ['1', '2', '3', '4', '5']) {
    provider.ais.startConsent = async () => ({ reference, next: { kind: 'none' } });
    provider.ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant(reference) });
    await startConnection(context, user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  }
  context.clock.advance(dayMs + 1);
  return { bank, read: new Set<string>() };
}

test('readings that hang do not hold up the other consents', async () => {
  const { bank, read } = await fiveConsents();
  const { promise: areHanging, resolve } = Promise.withResolvers<undefined>();
  bank.provider.ais.readConsent = async ({ reference }) => {
    read.add(reference);
    if (read.size === 4) resolve(undefined);
    return read.size > 4 ? { kind: 'active', validUntil: undefined } : new Promise(() => undefined);
  };
  const run = reconcileConsents(bank.context);
  await areHanging;
  bank.context.clock.advance(30_000);
  await run;
  expect(read.size).toBe(5);
});

test('consents for which a run has no time left are read by the next run', async () => {
  const { bank, read } = await fiveConsents();
  const { context } = bank;
  bank.provider.ais.readConsent = async ({ reference }) => {
    read.add(reference);
    if (read.size < 4) return new Promise(() => undefined);
    if (read.size === 4) context.clock.advance(120_000);
    return { kind: 'active', validUntil: undefined };
  };
  await withDeadline(120_000, context.clock, () => reconcileConsents(context));
  expect(read.size).toBe(4);
  await reconcileConsents(context);
  expect(read.size).toBe(5);
});
