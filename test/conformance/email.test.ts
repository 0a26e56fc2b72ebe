import { describe, expect, test } from 'vitest';
import { createEmailMock } from '#services/email/mock.ts';
import { mailServers, type Email } from '#services/email/service.ts';
import { mailTo, startEmailStack } from './email-stack.ts';

interface Subject {
  email: Email;
  /** What recipients have, oldest first. */
  inbox(): { to: string; subject: string; text: string; html: string }[];
}

const implementations: Record<string, () => Promise<Subject>> = {
  async mock() {
    const email = createEmailMock();
    return { email, inbox: () => [...email.mails()] };
  },
  'client on the emulator': async () => onEmulator(false),
  'client on the emulator over TLS': async () => onEmulator(true),
};

async function onEmulator(withTls: boolean): Promise<Subject> {
  const { client, emulator } = await startEmailStack({ withTls });
  return {
    email: client,
    inbox: () =>
      emulator.state().mails.flatMap(({ to, received }) => {
        if (!received) return [];
        const { subject, text, html } = received;
        return [{ to, subject, text, html }];
      }),
  };
}

describe.each(Object.entries(implementations))('mail: %s', (_name, start) => {
  test('has a first server and one behind it', async () => {
    expect((await start()).email.servers).toEqual(['primary', 'backup']);
  });

  test.each(mailServers)('is delivered through the %s server', async (server) => {
    const { email, inbox } = await start();
    expect(await email.send(mailTo('kari@example.com'), server)).toEqual({ kind: 'accepted' });
    const { to, subject, text, html } = mailTo('kari@example.com');
    expect(inbox()).toEqual([
      expect.objectContaining({ to, subject, text: expect.stringContaining(text.trim()) }),
    ]);
    expect(inbox()[0]?.html).toContain(html);
  });

  test('keeps every sign of its texts', async () => {
    const { email, inbox } = await start();
    const text = `æøå €100 – «ja» 🎉 . .. \n.\n..\n=20\n${'long '.repeat(400)}\nend`;
    const mail = mailTo('kari@example.com', { subject: `Æ – €${'x'.repeat(200)} 🎉`, text });
    expect(await email.send(mail, 'primary')).toEqual({ kind: 'accepted' });
    expect(inbox()[0]?.subject).toBe(mail.subject);
    expect(inbox()[0]?.text.trim()).toBe(text);
  });

  test('is one mail for its recipient, however often it is sent under its id', async () => {
    const { email, inbox } = await start();
    await email.send(mailTo('kari@example.com'), 'primary');
    await email.send(mailTo('kari@example.com'), 'backup');
    expect(inbox()).toHaveLength(1);
  });

  test.each([
    '',
    'kari',
    'kari@',
    '@example.com',
    'kari@example',
    'kari @example.com',
    'Kari <kari@example.com>',
    'kari@example.com>',
    'kari@example.com\r\nRCPT TO:<ola@example.com>',
    'kari@example.com,ola@example.com',
    `${'k'.repeat(65)}@example.com`,
    `kari@${'a.'.repeat(130)}no`,
    'kåri@example.com',
  ])('can never be delivered to the address %j', async (to) => {
    const { email, inbox } = await start();
    const verdict = await email.send(mailTo(to), 'primary');
    expect(verdict).toEqual({ kind: 'never', reason: 'the address is malformed', addressIsAtFault: true });
    expect(inbox()).toEqual([]);
  });

  test('takes a handler of bounces', async () => {
    const { email } = await start();
    expect(() => email.onBounce(async () => undefined)).not.toThrow();
  });
});
