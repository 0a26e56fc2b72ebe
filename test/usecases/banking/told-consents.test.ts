import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import { findConnection } from '#store/bank-connections.ts';
import { takeEndingConsents } from '#store/consent-ends.ts';
import { noteConsentEnd } from '#usecases/banking/consent-end.ts';
import { revokeConnection } from '#usecases/banking/end-connection.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { remindOfConsents } from '#usecases/banking/tell-consent.ts';
import { codesTold, refuseCommits, told } from '../notify/told.ts';
import { access, MadeUpBank } from './made-up-bank.ts';

const dayMs = 86_400_000;
const soon = 'consent_expires_soon';

/** A customer with a consent that is valid for 90 days. */
async function consented(validDays = 90) {
  const bank = await MadeUpBank.start();
  const { context, user } = bank;
  let count = 0;
  let accounts = bank.grant().accounts;
  bank.provider.ais.startConsent = async () => ({
    reference: `consent-${(count += 1)}`,
    next: { kind: 'none' },
  });
  bank.provider.ais.completeConsent = async () => {
    const validUntil = new Date(context.clock.now().getTime() + validDays * dayMs);
    return { kind: 'granted', grant: { ...bank.grant(`consent-${count}`), accounts, validUntil } };
  };
  const connect = () => startConnection(context, user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  const { id } = await connect();
  return {
    bank,
    context,
    user,
    id,
    connect,
    /** The next consent reaches another account. */
    otherAccounts() {
      accounts = accounts.map((account) => ({ ...account, identity: 'a-2', accountNumber: '86011117947' }));
    },
    codes: () => codesTold(context, user.id),
    end: (cause: 'expired' | 'revoked') => noteConsentEnd(context, { id, userId: user.id }, cause),
    /** Reminds as often as the job would in so many days. */
    async pass(days: number) {
      for (let day = 0; day < days; day += 1) {
        context.clock.advance(dayMs);
        await Promise.all([remindOfConsents(context), remindOfConsents(context)]);
      }
    },
  };
}

test('a consent is announced 14, 7 and 1 days before its end, and when it has expired, each once', async () => {
  const { codes, pass, id, context, user } = await consented();
  await pass(75);
  expect(await codes()).toEqual([]);
  await pass(1);
  expect(await told(context, user.id)).toEqual([{ code: soon, parameters: { connectionId: id } }]);
  await pass(6);
  expect(await codes()).toHaveLength(1);
  await pass(1);
  expect(await codes()).toEqual([soon, soon]);
  await pass(5);
  expect(await codes()).toEqual([soon, soon]);
  await pass(1);
  expect(await codes()).toEqual([soon, soon, soon]);
  await pass(3);
  expect(await codes()).toEqual([soon, soon, soon, 'consent_expired']);
});

test('a reminded consent is not taken again before its next reminder', async () => {
  const { context, pass } = await consented();
  await pass(76);
  const at = context.clock.now();
  const due = { at, days: [14, 7, 1], endedAfter: at, limit: 100 };
  expect(await takeEndingConsents(context.store.database, due)).toEqual([]);
});

test('after days without a job, the customer is reminded once', async () => {
  const { codes, context, pass } = await consented();
  context.clock.advance(84 * dayMs);
  await pass(1);
  expect(await codes()).toEqual([soon]);
});

test('a consent that is short from the beginning is not announced at once', async () => {
  const { codes, pass } = await consented(10);
  await pass(2);
  expect(await codes()).toEqual([]);
  await pass(1);
  expect(await codes()).toEqual([soon]);
});

test('a consent that expired more than a week ago is no news', async () => {
  const { codes, context, pass } = await consented();
  context.clock.advance(97 * dayMs);
  await pass(1);
  expect(await codes()).toEqual([]);
});

test('a customer with a newer consent at the bank is told nothing of the old one', async () => {
  const { codes, connect, pass, end } = await consented();
  await pass(70);
  await connect();
  await pass(30);
  expect(await codes()).toEqual([]);
  await end('revoked');
  expect(await codes()).toEqual([]);
});

test.each([
  ['expired', 'consent_expired'],
  ['revoked', 'consent_withdrawn'],
] as const)('a consent that the bank reports as %s is told once', async (cause, code) => {
  const { codes, end, pass } = await consented();
  await Promise.all([end(cause), end(cause)]);
  await pass(95);
  expect(await codes()).toEqual([code]);
});

test('a consent that its customer ended in Drop is no news', async () => {
  const { codes, context, user, id, pass } = await consented();
  await revokeConnection(context, user, id);
  await pass(95);
  expect(await codes()).toEqual([]);
});

test('a reading while its customer ends a consent in Drop is no news', async () => {
  const { bank, codes, context, user, id, end } = await consented();
  bank.provider.ais.revokeConsent = async () => void (await end('revoked'));
  await revokeConnection(context, user, id);
  expect(await codes()).toEqual([]);
});

test('a consent that was ended in Drop while its provider was down is no news', async () => {
  const { bank, codes, context, user, id, end } = await consented();
  bank.provider.ais.revokeConsent = async () => {
    throw new DropError('bank_unavailable', { outcome: 'unknown' });
  };
  await revokeConnection(context, user, id);
  context.clock.advance(dayMs);
  await end('revoked');
  expect(await codes()).toEqual([]);
});

test('a consent that the bank ends because of a newer one is no news', async () => {
  const { codes, connect, end, otherAccounts } = await consented();
  otherAccounts();
  await connect();
  await end('expired');
  expect(await codes()).toEqual([]);
});

test('a consent that is withdrawn at the bank long after another one was given is told', async () => {
  const { codes, connect, context, end, otherAccounts } = await consented();
  otherAccounts();
  await connect();
  context.clock.advance(8 * dayMs);
  await end('revoked');
  expect(await codes()).toEqual(['consent_withdrawn']);
});

test('a consent with accounts of its own is announced though the customer has a newer one', async () => {
  const { codes, connect, otherAccounts, pass } = await consented();
  await pass(70);
  otherAccounts();
  await connect();
  await pass(6);
  expect(await codes()).toEqual([soon]);
});

test('an end that cannot be committed is not told, and is told when it is noted again', async () => {
  const { codes, context, user, id, end } = await consented();
  const allow = await refuseCommits(context);
  await expect(end('revoked')).rejects.toThrow('refused at the commit');
  const key = { id, userId: user.id };
  expect((await findConnection(context.store.database, key))?.status).toBe('active');
  await allow();
  await end('revoked');
  expect(await codes()).toEqual(['consent_withdrawn']);
});

test('a reminder that cannot be committed comes with the next run', async () => {
  const { codes, context, pass } = await consented();
  context.clock.advance(76 * dayMs);
  const allow = await refuseCommits(context);
  await expect(remindOfConsents(context)).rejects.toThrow('refused at the commit');
  await allow();
  await pass(1);
  expect(await codes()).toEqual([soon]);
});
