import { expect, test } from 'vitest';
import { findConnection } from '#store/bank-connections.ts';
import { checkConnection } from '#usecases/banking/complete-connection.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { access, MadeUpBank } from './made-up-bank.ts';

/** A consent whose first completion hangs until `end` is called, and a way to ask about it again. */
async function hanging({ begun }: { begun: string | undefined } = { begun: 'consent-1' }) {
  const bank = await MadeUpBank.start();
  const { context, user, provider } = bank;
  const { promise: hasBegun, resolve: begin } = Promise.withResolvers<undefined>();
  const { promise: isOver, resolve: end } = Promise.withResolvers<undefined>();
  const next = { kind: 'decoupled', message: undefined, askAgainMs: 1_000 } as const;
  provider.ais.startConsent = async () => ({ reference: begun, next });
  provider.ais.completeConsent = async () => {
    begin(undefined);
    await isOver;
    return { kind: 'granted', grant: bank.grant('consent-1') };
  };
  const { id } = await startConnection(context, user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  context.clock.advance(1_000);
  const check = async () => checkConnection(context, user, { id, access });
  const first = check();
  await hasBegun;
  const status = async () => (await findConnection(context.store.database, { id, userId: user.id }))?.status;
  return { bank, first, end: () => end(undefined), check, status };
}

test('a completion that hangs does not hold the consent for longer than a return is held', async () => {
  const { bank, check } = await hanging();
  bank.provider.ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant('consent-1') });
  bank.context.clock.advance(60_001);
  expect(await check()).toMatchObject({ status: 'active' });
});

test.each([
  ['the same consent, which stays', 'consent-1', 'consent-1', []],
  ['another consent, which is ended', undefined, 'consent-2', ['consent-1']],
])('a completion that is granted late, after %s', async (_case, begun, reference, ended) => {
  const { bank, first, end, check, status } = await hanging({ begun });
  const revoked: string[] = [];
  bank.provider.ais.revokeConsent = async (consent) => void revoked.push(consent.reference);
  bank.provider.ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant(reference) });
  bank.context.clock.advance(60_001);
  await check();
  end();
  await first.catch(() => undefined);
  expect(revoked).toEqual(ended);
  expect(await status()).toBe('active');
});
