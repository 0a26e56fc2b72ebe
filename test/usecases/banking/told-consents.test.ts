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
  bank.provider.ais.startConsent = async () => ({
    reference: `consent-${(count += 1)}`,
    next: { kind: 'none' },
  });
  bank.provider.ais.completeConsent = async () => {
    const validUntil = new Date(context.clock.now().getTime() + validDays * dayMs);
    return { kind: 'granted', grant: { ...bank.grant(`consent-${count}`), validUntil } };
  };
  const connect = () => startConnection(context, user, { bankId: 'dnb-accounts', access, locale: 'nb' });
  const { id } = await connect();
  return {
    bank,
    context,
    user,
    id,
    connect,
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

test('two consents that end on the same day are both announced', async () => {
  const { codes, connect, context, id, pass } = await consented();
  const elsewhere = context.store.database.updateTable('bank_connections').set({ bank_id: 'another' });
  await elsewhere.where('id', '=', id).execute();
  await connect();
  await pass(76);
  expect(await codes()).toEqual([soon, soon]);
});

test('a reminded consent is not taken again before its next reminder', async () => {
  const { context, pass } = await consented();
  await pass(76);
  const at = context.clock.now();
  const due = { at, askedAfter: at, days: [14, 7, 1], endedAfter: at, limit: 100 };
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

test('a consent that could not be ended in Drop and is withdrawn at the bank later is told', async () => {
  const { bank, codes, context, user, id, end } = await consented();
  bank.provider.ais.revokeConsent = async () => {
    throw new DropError('bank_unavailable', { outcome: 'unknown' });
  };
  await expect(revokeConnection(context, user, id)).rejects.toMatchObject({ code: 'bank_unavailable' });
  context.clock.advance(dayMs);
  await end('revoked');
  expect(await codes()).toEqual(['consent_withdrawn']);
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
