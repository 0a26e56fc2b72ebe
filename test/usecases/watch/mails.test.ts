import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { notices } from '#domain/notice/notices.ts';
import type { MailVerdict } from '#services/email/service.ts';
import { claimEntries } from '#store/outbox/claims.ts';
import { addEntries } from '#store/outbox/entries.ts';
import { deliverMail } from '#usecases/notify/deliver-mail.ts';
import { watchMails } from '#usecases/watch/mails.ts';
import { newAlerts } from '../../support/alerts.ts';
import { customer, testContext } from '../../support/context.ts';

const codes = Object.keys(notices);

/** Mails to customers of their own, by a server that answers with `verdict`. */
async function world(verdict: MailVerdict, title: string) {
  const context = await testContext();
  const heard = newAlerts(context);
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
    const options = { channel: 'mail', codes, limit: 1, leaseMs: 1_000, claim: randomUUID() } as const;
    for (const entry of await claimEntries(database, at, options)) await deliverMail(context, entry);
  }
  return {
    context,
    attempt,
    told: async () =>
      (await heard())
        .filter((alert) => alert.title.endsWith(title))
        .map((alert) => `${alert.severity}: ${alert.title}`),
    pass: (minutes: number) => context.clock.advance(minutes * 60_000),
  };
}

const unusable = 'A mail server refuses Drop';

test.each([
  [unusable, 10, { kind: 'unusable', reason: 'AUTH 535' }],
  // A customer can cause it at will.
  ['A mail was given up', 60, { kind: 'never', reason: 'DATA 554', addressIsAtFault: false }],
] as const)(
  '"%s" is told once for many mails, and once after %i calm minutes',
  async (title, calm, verdict) => {
    const { context, attempt, told, pass } = await world(verdict, title);
    for (let count = 0; count < 3; count += 1) await attempt();
    await watchMails(context);
    expect(await told()).toEqual([`critical: ${title}`]);
    pass(calm - 1);
    await watchMails(context);
    expect(await told()).toEqual([]);
    pass(1);
    await watchMails(context);
    await watchMails(context);
    expect(await told()).toEqual([`info: Over: ${title}`]);
  },
);

test('while mails go on to be refused, it is not over', async () => {
  const { context, attempt, told, pass } = await world({ kind: 'unusable', reason: 'AUTH 535' }, unusable);
  for (let count = 0; count < 4; count += 1) {
    await attempt();
    await watchMails(context);
    pass(9);
    await watchMails(context);
  }
  expect(await told()).toEqual([`critical: ${unusable}`]);
});
