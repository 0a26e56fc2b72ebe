import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import { findSecrets } from '#store/provider-secrets.ts';
import { consentsOf } from '#usecases/banking/consent-ledger.ts';
import { endOwedConsents } from '#usecases/banking/end-at-provider.ts';
import { revokeConnection } from '#usecases/banking/end-connection.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { refreshBalance } from '#usecases/banking/refresh-balance.ts';
import { secretStateOf } from '#usecases/banking/secret-state.ts';
import { access, MadeUpBank } from './made-up-bank.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** A customer with a consent, whose provider does not answer when it is to be ended. */
async function consentedAtDeafProvider() {
  const bank = await MadeUpBank.start();
  const { context, user } = bank;
  bank.provider.ais.startConsent = async () => ({ reference: 'consent-1', next: { kind: 'none' } });
  bank.provider.ais.completeConsent = async () => ({ kind: 'granted', grant: bank.grant() });
  const { id } = await startConnection(context, user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  const owner = { kind: 'consent', id } as const;
  await secretStateOf(context, owner).change(async () => ({ token: '1' }));
  const asked: (string | undefined)[] = [];
  let isDeaf = true;
  bank.provider.ais.revokeConsent = async ({ secrets }) => {
    asked.push((await secrets.change(async (kept) => kept))?.['token']);
    if (isDeaf) throw new DropError('bank_unavailable', { outcome: 'unknown' });
  };
  return {
    bank,
    context,
    user,
    asked,
    withdraw: () => revokeConnection(context, user, id),
    answer: () => (isDeaf = false),
    secrets: () => findSecrets(context.store.database, owner, context.clock.now()),
    shown: async () => (await consentsOf(context, user, undefined)).consents[0],
    /** Runs the job each minute for so many minutes. */
    async pass(minutes: number) {
      for (let minute = 0; minute < minutes; minute += 1) {
        context.clock.advance(minuteMs);
        await Promise.all([endOwedConsents(context), endOwedConsents(context)]);
      }
    },
  };
}

test('a consent is withdrawn in Drop at once though the provider is down, and the ledger says so', async () => {
  const { bank, context, user, withdraw, shown } = await consentedAtDeafProvider();
  const [account] = await bank.accounts();
  await withdraw();
  const at = context.clock.now();
  expect(await shown()).toMatchObject({ endCause: 'withdrawn_in_drop', endedAt: at, isEndOwed: true });
  await expect(refreshBalance(context, user, { accountId: account?.id ?? '', access })).rejects.toMatchObject(
    { code: 'consent_revoked' },
  );
});

test('it is ended at the provider once that answers, with the secrets that are kept until then', async () => {
  const { answer, asked, pass, secrets, shown, withdraw } = await consentedAtDeafProvider();
  await withdraw();
  await pass(1);
  expect(await secrets()).toBeDefined();
  answer();
  await pass(3);
  expect(asked).toEqual(['1', '1', '1']);
  expect(await secrets()).toBeUndefined();
  expect(await shown()).toMatchObject({ endCause: 'withdrawn_in_drop', isEndOwed: false });
});

test('a provider that stays away is asked less and less often', async () => {
  const { asked, pass, withdraw } = await consentedAtDeafProvider();
  await withdraw();
  await pass(64);
  expect(asked).toHaveLength(8);
});

test('it is given up once its time has passed, and its secrets with it', async () => {
  const { asked, context, pass, secrets, shown, withdraw } = await consentedAtDeafProvider();
  await withdraw();
  context.clock.advance(90 * dayMs);
  await pass(1);
  expect(asked).toHaveLength(1);
  expect(await secrets()).toBeUndefined();
  expect(await shown()).toMatchObject({ endCause: 'withdrawn_in_drop', isEndOwed: false });
});

test('it is left while its provider is not configured', async () => {
  const { asked, context, pass, shown, withdraw } = await consentedAtDeafProvider();
  await withdraw();
  context.services.openBanking = { ...context.services.openBanking, all: () => [] };
  await pass(2);
  expect(asked).toHaveLength(1);
  expect(await shown()).toMatchObject({ isEndOwed: true });
});
