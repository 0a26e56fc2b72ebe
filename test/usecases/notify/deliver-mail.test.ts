import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { notices } from '#domain/notice/notices.ts';
import type { Mail, MailServer, MailVerdict } from '#services/email/service.ts';
import { suppressAddress } from '#store/email-addresses.ts';
import { claimEntries, type ClaimedEntry } from '#store/outbox/claims.ts';
import { takeMailAttempt } from '#store/outbox/mail-rates.ts';
import { handleBounce } from '#usecases/notify/bounced.ts';
import { deliverMail } from '#usecases/notify/deliver-mail.ts';
import { notify } from '#usecases/notify/notify.ts';
import { raisedAlerts } from '../../support/alerts.ts';
import { customer, testContext } from '../../support/context.ts';

interface Sent {
  mail: Mail;
  server: MailServer;
}

const codes = Object.keys(notices);
const later: MailVerdict = { kind: 'later', reason: 'DATA 451' };

/** A customer with an address, and mail servers that answer as `answer` says. */
async function stand(
  answer: (sent: Sent) => MailVerdict = () => ({ kind: 'accepted' }),
  servers: MailServer[] = ['primary', 'backup'],
) {
  const context = await testContext();
  const sent: Sent[] = [];
  const email = {
    servers,
    async send(mail: Mail, server: MailServer) {
      sent.push({ mail, server });
      return answer({ mail, server });
    },
    onBounce: () => undefined,
  };
  context.services = { ...context.services, email };
  const user = await customer(context);
  const { database } = context.store;
  const addressId = randomUUID();
  await database
    .insertInto('email_addresses')
    .values({
      id: addressId,
      user_id: user.id,
      address: 'Kari@Example.no',
      status: 'verified',
      created_at: context.clock.now(),
    })
    .execute();
  const tell = (code: 'verification_approved' | 'sign_in_refused' = 'verification_approved') =>
    database
      .transaction()
      .execute((transaction) => notify(context, transaction, { userId: user.id, code, parameters: {} }));
  async function claim(): Promise<ClaimedEntry[]> {
    const options = { channel: 'mail', codes, limit: 10, leaseMs: 45_000, claim: randomUUID() } as const;
    return claimEntries(database, context.clock.now(), options);
  }
  return {
    context,
    alerts: () => raisedAlerts(context),
    sent,
    user,
    addressId,
    tell,
    claim,
    /** Attempts what is due. */
    async deliver(): Promise<void> {
      for (const entry of await claim()) await deliverMail(context, entry);
    },
    async rows() {
      return database
        .selectFrom('outbox')
        .select(['status', 'last_error', 'attempts', 'address_id', 'due_at'])
        .where('channel', '=', 'mail')
        .orderBy('sequence')
        .execute();
    },
  };
}

test('a mail is sent to the verified address, with the text of the notice', async () => {
  const { tell, deliver, sent, rows, addressId } = await stand();
  await tell();
  await deliver();
  expect(sent).toMatchObject([
    {
      server: 'primary',
      mail: { to: 'Kari@Example.no', subject: 'Identiteten din er bekreftet', locale: 'nb' },
    },
  ]);
  expect(await rows()).toMatchObject([{ status: 'delivered', address_id: addressId, due_at: null }]);
});

test('a mail is in the language of the customer', async () => {
  const { context, tell, deliver, sent } = await stand();
  await context.store.database.updateTable('users').set({ locale: 'en' }).execute();
  await tell();
  await deliver();
  expect(sent[0]?.mail).toMatchObject({ locale: 'en', subject: 'Your identity has been verified' });
});

test('a mail is tried again after 60, 300 and 900 s, then at the second server, under one id', async () => {
  const { context, tell, deliver, sent, rows } = await stand(({ server }) =>
    server === 'primary' ? later : { kind: 'accepted' },
  );
  await tell();
  await deliver();
  for (const seconds of [60, 300, 900]) {
    context.clock.advance(seconds * 1_000 - 1);
    await deliver();
    context.clock.advance(1);
    await deliver();
  }
  expect(sent.map(({ server }) => server)).toEqual(['primary', 'primary', 'primary', 'primary']);
  await deliver();
  expect(sent.at(-1)?.server).toBe('backup');
  expect(new Set(sent.map(({ mail }) => mail.id)).size).toBe(1);
  expect(await rows()).toMatchObject([{ status: 'delivered', attempts: 5 }]);
});

async function untilOver({ context, deliver, claim }: Awaited<ReturnType<typeof stand>>): Promise<void> {
  for (let count = 0; count < 10; count += 1) {
    await deliver();
    context.clock.advance(900_000);
  }
  expect(await claim()).toEqual([]);
}

test('a mail that no server accepts is dead, and the operators are alerted once', async () => {
  const all = await stand(() => later);
  await all.tell();
  await untilOver(all);
  expect(all.sent).toHaveLength(5);
  expect(await all.rows()).toMatchObject([{ status: 'dead', last_error: 'DATA 451' }]);
  expect(await all.alerts()).toMatchObject([{ severity: 'critical', title: 'A mail was given up' }]);
});

test('without a second server a mail is dead after the last wait', async () => {
  const all = await stand(() => later, ['primary']);
  await all.tell();
  await untilOver(all);
  expect(all.sent).toHaveLength(4);
  expect(await all.rows()).toMatchObject([{ status: 'dead' }]);
});

test('a mail that was refused for good is not tried again, at no server', async () => {
  const refusal = { kind: 'never', reason: 'DATA 554 5.7.1', addressIsAtFault: false } as const;
  const all = await stand(() => refusal);
  await all.tell();
  await untilOver(all);
  expect(all.sent).toHaveLength(1);
  expect(await all.rows()).toMatchObject([{ status: 'dead', last_error: 'DATA 554 5.7.1' }]);
  expect(await all.alerts()).toHaveLength(1);
});

test('a server that refuses Drop itself is passed over at once, and the operators are alerted', async () => {
  const { tell, deliver, sent, rows, alerts } = await stand(({ server }) =>
    server === 'primary' ? { kind: 'unusable', reason: 'AUTH 535' } : { kind: 'accepted' },
  );
  await tell();
  await deliver();
  await deliver();
  expect(sent.map(({ server }) => server)).toEqual(['primary', 'backup']);
  expect(await rows()).toMatchObject([{ status: 'delivered' }]);
  expect(await alerts()).toMatchObject([{ title: 'A mail server refuses Drop' }]);
});

test('a server that refuses Drop for an hour is one alert, and one notice when it accepts', async () => {
  let accepts = false;
  const { context, tell, deliver, alerts } = await stand(({ server }) =>
    server === 'primary' && !accepts ? { kind: 'unusable', reason: 'AUTH 535' } : { kind: 'accepted' },
  );
  const sendEveryTenMinutes = async (times: number) => {
    for (let mail = 0; mail < times; mail += 1) {
      await tell();
      await deliver();
      await deliver();
      context.clock.advance(600_000);
    }
  };
  await sendEveryTenMinutes(6);
  expect(await alerts()).toMatchObject([
    { title: 'A mail server refuses Drop', message: expect.stringContaining('Correct SMTP_URL and') },
  ]);
  accepts = true;
  await sendEveryTenMinutes(1);
  expect(await alerts(), 'it may refuse the next mail').toHaveLength(1);
  await sendEveryTenMinutes(2);
  expect((await alerts()).slice(1)).toMatchObject([
    {
      title: 'Over: A mail server refuses Drop',
      message: expect.stringContaining('The primary server accepts mails again. It lasted 60 minutes.'),
    },
  ]);
});

test('where no server is configured, the message is in the app only', async () => {
  const { tell, deliver, rows } = await stand(() => later, []);
  await tell();
  await deliver();
  expect(await rows()).toMatchObject([{ status: 'skipped', last_error: 'no mail server is configured' }]);
});

const unknownMailbox = {
  isPermanent: true,
  addressIsAtFault: true,
  statusCode: '5.1.1',
  reason: 'failed, 5.1.1',
};

describe('an address', () => {
  const fault = { kind: 'never', reason: 'RCPT 550 5.1.1', addressIsAtFault: true } as const;

  test('that the server does not know gets no more mail, and alerts nobody', async () => {
    const { tell, deliver, sent, rows, alerts } = await stand(() => fault);
    await tell();
    await deliver();
    await tell();
    await deliver();
    expect(sent).toHaveLength(1);
    expect(await rows()).toMatchObject([
      { status: 'dead' },
      { status: 'skipped', last_error: 'the address is suppressed' },
    ]);
    expect(await alerts()).toEqual([]);
  });

  test('that bounced gets no more mail, in whatever letters it is written', async () => {
    const { context, tell, deliver, sent } = await stand();
    await tell();
    await deliver();
    await handleBounce(context, { ...unknownMailbox, mailId: sent[0]?.mail.id ?? '' });
    await context.store.database.updateTable('email_addresses').set({ address: 'KARI@example.NO' }).execute();
    await tell();
    await deliver();
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['that is delayed', { isPermanent: false, addressIsAtFault: true, statusCode: '4.2.2' }],
    ['that refuses the text', { isPermanent: true, addressIsAtFault: false, statusCode: '5.7.1' }],
  ])('%s still gets mail', async (_case, bounce) => {
    const { context, tell, deliver, sent } = await stand();
    await tell();
    await deliver();
    await handleBounce(context, { ...bounce, reason: 'reported', mailId: sent[0]?.mail.id ?? '' });
    await tell();
    await deliver();
    expect(sent).toHaveLength(2);
  });

  test.each([randomUUID(), 'not an id'])(
    'is not suppressed by a report of a mail unknown: %s',
    async (mailId) => {
      const { context, tell, deliver, sent } = await stand();
      await tell();
      await deliver();
      await handleBounce(context, { ...unknownMailbox, mailId });
      await tell();
      await deliver();
      expect(sent).toHaveLength(2);
    },
  );

  test('that is suppressed gets nothing, also from the next customer who has it', async () => {
    const { context, tell, deliver, sent } = await stand();
    const cause = { reason: 'made up', at: context.clock.now() };
    await suppressAddress(context.store.database, 'kari@example.no', cause);
    await tell();
    await deliver();
    expect(sent).toEqual([]);
  });

  test('that is gone by then gets nothing', async () => {
    const { context, tell, deliver, sent, rows } = await stand();
    await tell();
    await context.store.database.updateTable('email_addresses').set({ status: 'former' }).execute();
    await deliver();
    expect(sent).toEqual([]);
    expect(await rows()).toMatchObject([{ status: 'skipped', last_error: 'no address' }]);
  });
});

describe('a customer who does not want optional mails', () => {
  test('gets none about verification', async () => {
    const { context, tell, deliver, sent, rows } = await stand();
    await context.store.database.updateTable('users').set({ optional_mails: [] }).execute();
    await tell();
    await deliver();
    expect(sent).toEqual([]);
    expect(await rows()).toMatchObject([{ status: 'skipped', last_error: 'not wanted' }]);
  });

  test('still gets those about security', async () => {
    const { context, tell, deliver, sent } = await stand();
    await context.store.database.updateTable('users').set({ optional_mails: [] }).execute();
    await tell('sign_in_refused');
    await deliver();
    expect(sent).toHaveLength(1);
  });
});

test('a server gets at most 100 mails in a second; the next waits for the next second, uncounted', async () => {
  const { context, tell, deliver, sent, rows } = await stand();
  const { database } = context.store;
  const one = { server: 'primary', at: context.clock.now(), perSecondMax: 100 };
  const taken = await Promise.all(Array.from({ length: 120 }, () => takeMailAttempt(database, one)));
  expect(taken.filter(Boolean)).toHaveLength(100);
  await tell();
  await deliver();
  expect(sent).toEqual([]);
  expect(await rows()).toMatchObject([{ status: 'waiting', attempts: 0 }]);
  context.clock.advance(1_000);
  await deliver();
  expect(sent).toHaveLength(1);
});

describe('a process that dies in the last attempt', () => {
  test('at the only server leaves a mail that is sent again', async () => {
    const { context, tell, claim, deliver, sent, rows } = await stand(undefined, ['primary']);
    await tell();
    for (let died = 0; died < 6; died += 1) {
      await claim();
      context.clock.advance(45_000);
    }
    await deliver();
    expect(sent.map(({ server }) => server)).toEqual(['primary']);
    expect(await rows()).toMatchObject([{ status: 'delivered' }]);
  });
});

test('a mail that cannot be rendered is given up in the end, and the next to its customer is sent', async () => {
  const { context, tell, deliver, sent, rows, alerts } = await stand();
  await tell('sign_in_refused');
  await tell();
  await context.store.pool.query(`
    update outbox set parameters = '{"addressId": "no id"}'
    where channel = 'mail' and code = 'sign_in_refused'
  `);
  for (let count = 0; count < 30; count += 1) {
    await deliver().catch(() => undefined);
    context.clock.advance(45_000);
  }
  expect(await rows()).toMatchObject([{ status: 'dead', attempts: 21 }, { status: 'delivered' }]);
  expect(sent).toHaveLength(1);
  expect(await alerts()).toMatchObject([{ title: 'A mail was given up' }]);
});
