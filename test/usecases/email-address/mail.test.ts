import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Mail, MailVerdict } from '#services/email/service.ts';
import { suppressAddress } from '#store/email-addresses.ts';
import { notices } from '#domain/notice/notices.ts';
import { claimEntries } from '#store/outbox/claims.ts';
import { removeEmailAddress, resendLink, setEmailAddress } from '#usecases/email-address/change-address.ts';
import { verifyEmailAddress } from '#usecases/email-address/verify-address.ts';
import { deliverMail } from '#usecases/notify/deliver-mail.ts';
import { notify } from '#usecases/notify/notify.ts';
import { customer, testContext } from '../../support/context.ts';

/** A customer, and a mail server that answers as the next of `answers` says, and accepts the rest. */
async function stand(...answers: MailVerdict[]) {
  const context = await testContext();
  const sent: Mail[] = [];
  context.services.email = {
    servers: ['primary'],
    async send(mail) {
      sent.push(mail);
      return answers.shift() ?? { kind: 'accepted' };
    },
    onBounce: () => undefined,
  };
  const { id } = await customer(context);
  const { database } = context.store;
  async function deliver(): Promise<void> {
    const codes = Object.keys(notices);
    const options = { channel: 'mail', codes, limit: 10, leaseMs: 45_000, claim: randomUUID() } as const;
    for (;;) {
      const entries = await claimEntries(database, context.clock.now(), options);
      if (entries.length === 0) return;
      for (const entry of entries) await deliverMail(context, entry);
    }
  }
  const token = () => /#token=([\w-]+)/.exec(sent.at(-1)?.text ?? '')?.[1] ?? 'no link';
  return {
    context,
    id,
    sent,
    deliver,
    token,
    async verified(address: string) {
      await setEmailAddress(context, id, address);
      await deliver();
      await verifyEmailAddress(context, id, token());
    },
    suppress: (address: string) =>
      suppressAddress(database, address, { reason: 'failed, 5.1.1', at: context.clock.now() }),
  };
}

test('the link arrives in text and HTML, and verifies the address', async () => {
  const { context, id, sent, deliver, token } = await stand();
  await setEmailAddress(context, id, 'kari@example.no');
  await deliver();
  expect(sent).toMatchObject([{ to: 'kari@example.no', subject: 'Bekreft e-postadressen din' }]);
  const link = `${context.baseUrl}/confirm-email#token=${token()}`;
  expect(sent[0]?.text).toContain(link);
  expect(sent[0]?.html).toContain(link);
  await verifyEmailAddress(context, id, token());
});

test('a mail that is sent again under its Message-ID has the same link', async () => {
  const { context, id, sent, deliver } = await stand({ kind: 'later', reason: 'DATA 451' });
  await setEmailAddress(context, id, 'kari@example.no');
  await deliver();
  context.clock.advance(60_000);
  await deliver();
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
});

test('an address that was replaced before its link was sent gets no mail', async () => {
  const { context, id, sent, deliver } = await stand();
  await setEmailAddress(context, id, 'typo@example.no');
  await setEmailAddress(context, id, 'kari@example.no');
  await deliver();
  expect(sent.map(({ to }) => to)).toEqual(['kari@example.no']);
});

test('the old address is told that it was replaced, and the new one gets what comes after', async () => {
  const { context, id, sent, deliver, verified } = await stand();
  await verified('kari@example.no');
  await verified('kari@example.com');
  await deliver();
  const code = 'sign_in_refused';
  await context.store.database
    .transaction()
    .execute((transaction) => notify(context, transaction, { userId: id, code, parameters: {} }));
  await deliver();
  expect(sent.slice(2).map(({ to, subject }) => [to, subject])).toEqual([
    ['kari@example.no', 'E-postadressen din i Drop er endret'],
    ['kari@example.com', 'En innlogging med BankID-en din ble avvist'],
  ]);
});

test('a removed address is told so', async () => {
  const { context, id, sent, deliver, verified } = await stand();
  await verified('kari@example.no');
  await removeEmailAddress(context, id);
  await deliver();
  expect(sent.at(-1)).toMatchObject({
    to: 'kari@example.no',
    subject: 'E-postadressen din er fjernet fra Drop',
  });
});

test('a link is sent to an address whose mail came back, and following it lets other mail through', async () => {
  const { context, id, sent, deliver, verified, suppress, token } = await stand();
  await verified('kari@example.no');
  await suppress('kari@example.no');
  const refuse = () =>
    context.store.database
      .transaction()
      .execute((transaction) =>
        notify(context, transaction, { userId: id, code: 'sign_in_refused', parameters: {} }),
      );
  await refuse();
  await deliver();
  expect(sent).toHaveLength(1);
  await resendLink(context, id);
  await deliver();
  expect(sent).toHaveLength(2);
  await verifyEmailAddress(context, id, token());
  await refuse();
  await deliver();
  expect(sent.map(({ subject }) => subject)).toEqual([
    'Bekreft e-postadressen din',
    'Bekreft e-postadressen din',
    'En innlogging med BankID-en din ble avvist',
  ]);
});

test('mails are written in the language that the customer chose', async () => {
  const { context, id, sent, deliver } = await stand();
  await context.store.database.updateTable('users').set({ locale: 'en' }).execute();
  await setEmailAddress(context, id, 'kari@example.no');
  await deliver();
  expect(sent).toMatchObject([{ subject: 'Confirm your e-mail address', locale: 'en' }]);
});

test('a mail to an address that was just entered does not hold back what the verified one is told', async () => {
  const { context, id, sent, deliver, verified } = await stand(
    { kind: 'accepted' },
    { kind: 'later', reason: 'RCPT TO 451' },
  );
  await verified('kari@example.no');
  await setEmailAddress(context, id, 'thief@example.com');
  await deliver();
  const device = { sessionId: 's', program: null, system: null };
  await context.store.database
    .transaction()
    .execute((transaction) =>
      notify(context, transaction, { userId: id, code: 'new_device', parameters: device }),
    );
  await deliver();
  expect(sent.map(({ to }) => to)).toEqual(['kari@example.no', 'thief@example.com', 'kari@example.no']);
});
