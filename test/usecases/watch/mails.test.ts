import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { MailVerdict } from '#services/email/service.ts';
import { claimEntries } from '#store/outbox/claims.ts';
import { addEntries } from '#store/outbox/entries.ts';
import { deliverMail } from '#usecases/notify/deliver-mail.ts';
import { watchMails } from '#usecases/watch/mails.ts';
import { newAlerts } from '../../support/alerts.ts';
import { customer, testContext } from '../../support/context.ts';

/** Mails to customers of their own, by a server that answers with `verdict`. */
async function world() {
  const context = await testContext();
  const heard = newAlerts(context);
  let verdict: MailVerdict = refusal;
  context.services = {
    ...context.services,
    email: { servers: ['primary'], send: async () => verdict, onBounce: () => undefined },
  };
  const { database } = context.store;
  async function attempt(): Promise<void> {
    const { id: userId } = await customer(context);
    const at = context.clock.now();
    const address = { id: randomUUID(), user_id: userId, address: `${userId}@example.no` };
    await database
      .insertInto('email_addresses')
      .values({ ...address, status: 'verified', created_at: at })
      .execute();
    const message = { id: randomUUID(), channel: 'mail', recipient: `user:${userId}`, userId, at } as const;
    await addEntries(database, [{ ...message, code: 'verification_approved', parameters: {} }]);
    await attemptDue();
  }
  async function attemptDue(): Promise<void> {
    const codes = ['verification_approved'];
    const options = { channel: 'mail', codes, limit: 9, leaseMs: 1_000, claim: randomUUID() } as const;
    for (const entry of await claimEntries(database, context.clock.now(), options))
      await deliverMail(context, entry);
  }
  return {
    context,
    attempt,
    attemptDue,
    serversAnswer: (given: MailVerdict) => void (verdict = given),
    told: async (title = givenUp) =>
      (await heard())
        .filter((alert) => alert.title.endsWith(title))
        .map((alert) => `${alert.severity}: ${alert.title}`),
    pass: (minutes: number) => context.clock.advance(minutes * 60_000),
  };
}

const givenUp = 'A mail was given up';
const refusal: MailVerdict = { kind: 'never', reason: 'DATA 554', addressIsAtFault: false };

test('a mail that was given up is told once for many, and once after an hour without another', async () => {
  const { context, attempt, told, pass } = await world();
  for (let count = 0; count < 3; count += 1) await attempt();
  await watchMails(context);
  expect(await told()).toEqual([`critical: ${givenUp}`]);
  pass(59);
  await watchMails(context);
  expect(await told()).toEqual([]);
  pass(1);
  await watchMails(context);
  await watchMails(context);
  expect(await told()).toEqual([`info: Over: ${givenUp}`]);
});

test('while mails go on to be given up, it is not over', async () => {
  const { context, attempt, told, pass } = await world();
  for (let count = 0; count < 4; count += 1) {
    await attempt();
    await watchMails(context);
    pass(59);
    await watchMails(context);
  }
  expect(await told()).toEqual([`critical: ${givenUp}`]);
});

const notAccepted = 'No mail is accepted';
const noAnswer: MailVerdict = { kind: 'later', reason: 'no answer' };

/** Three attempts at a mail, within six minutes, of which the servers accept none. */
async function attemptedThrice() {
  const mails = await world();
  mails.serversAnswer(noAnswer);
  await mails.attempt();
  for (const minutes of [1, 5]) {
    await watchMails(mails.context);
    expect(await mails.told(notAccepted)).toEqual([]);
    mails.pass(minutes);
    await mails.attemptDue();
  }
  return mails;
}

test('mails that no server accepts are told after three attempts, and once more when they are accepted', async () => {
  const { context, attemptDue, serversAnswer, told, pass } = await attemptedThrice();
  await watchMails(context);
  await watchMails(context);
  expect(await told(notAccepted)).toEqual([`critical: ${notAccepted}`]);
  serversAnswer({ kind: 'accepted' });
  pass(15);
  await attemptDue();
  await watchMails(context);
  pass(10);
  await watchMails(context);
  expect(await told(notAccepted)).toEqual([`info: Over: ${notAccepted}`]);
});

test('one mail that is put off while others are accepted is not told', async () => {
  const { context, attempt, serversAnswer, told } = await attemptedThrice();
  serversAnswer({ kind: 'accepted' });
  await attempt();
  await watchMails(context);
  expect(await told(notAccepted)).toEqual([]);
});
