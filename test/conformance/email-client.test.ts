import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { headersFor } from '#services/email/message.ts';
import { startEmailStack, mailTo, type EmailStack } from './email-stack.ts';

const recipient = 'kari.nordmann@example.com';

function sourceOf({ emulator }: EmailStack): string {
  return emulator.state().mails.at(-1)?.received?.source ?? '';
}

function headersOf(stack: EmailStack): string[] {
  const [headers = ''] = sourceOf(stack).split('\r\n\r\n', 1);
  return headers.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
}

describe('a message', () => {
  test('has the headers that a mail by a machine needs, and no others', async () => {
    const stack = await startEmailStack();
    await stack.client.send(mailTo(recipient), 'primary');
    const headers = headersOf(stack);
    expect(headers).toEqual(
      expect.arrayContaining([
        'From: Drop <drop@mail.drop.example>',
        `To: ${recipient}`,
        'Message-ID: <0192f0aa-1111-7222-8333-944455566677@mail.drop.example>',
        'Auto-Submitted: auto-generated',
        'Content-Language: nb',
        'MIME-Version: 1.0',
      ]),
    );
    const names = headers.map((header) => header.split(':')[0]);
    expect(names.toSorted()).toEqual([
      ...['Auto-Submitted', 'Content-Language', 'Content-Type', 'Date', 'From', 'MIME-Version', 'Message-ID'],
      ...['Subject', 'To'],
    ]);
  });

  test('is text first and HTML as its alternative, both UTF-8', async () => {
    const stack = await startEmailStack();
    await stack.client.send(mailTo(recipient), 'primary');
    expect(headersOf(stack).join('\n')).toContain('Content-Type: multipart/alternative;');
    expect(sourceOf(stack)).toMatch(/text\/plain; charset=utf-8[^]*text\/html; charset=utf-8/);
    expect(sourceOf(stack).match(/Content-Type/g)).toHaveLength(3);
  });

  test('asks for reports under the id of the mail', async () => {
    const stack = await startEmailStack();
    await stack.client.send(mailTo(recipient, { id: 'another-id' }), 'primary');
    expect(stack.emulator.state().mails.at(-1)?.id).toBe('another-id');
  });

  test.each([
    'x\r\nBcc: ola@example.com',
    'x\nBcc: ola@example.com',
    'x\rBcc: ola@example.com',
    'x\u2028Bcc: o',
  ])('takes the subject %j for one line', async (subject) => {
    const stack = await startEmailStack();
    await stack.client.send(mailTo(recipient, { subject }), 'primary');
    expect(headersOf(stack).filter((header) => /^bcc/i.test(header))).toEqual([]);
    expect(stack.emulator.state().mails.at(-1)?.received?.subject).toMatch(/^x Bcc: o/);
  });

  test('with an id that could end a header is never sent', async () => {
    const { client, emulator } = await startEmailStack();
    const verdict = await client.send(mailTo(recipient, { id: 'x>\r\nBcc: <ola@example.com' }), 'primary');
    expect(verdict).toMatchObject({ kind: 'never', addressIsAtFault: false });
    expect(emulator.state().mails).toEqual([]);
  });

  test('has one Message-ID through every attempt and every server', async () => {
    const stack = await startEmailStack();
    const ids = new Set<string | undefined>();
    for (const server of ['primary', 'primary', 'backup'] as const) {
      await stack.client.send(mailTo(recipient), server);
      ids.add(headersOf(stack).find((header) => header.startsWith('Message-ID')));
    }
    expect(ids.size).toBe(1);
  });

  test.each([
    [
      'smtp.postmarkapp.com',
      { 'X-PM-KeepID': 'true', 'X-PM-TrackOpens': 'false', 'X-PM-TrackLinks': 'None' },
    ],
    ['smtp.sendgrid.net', { 'X-SMTPAPI': expect.stringContaining('"clicktrack":{"settings":{"enable":0}}') }],
    ['notpostmarkapp.com', {}],
  ])('has the headers that %s asks for', (host, headers) => {
    expect(headersFor(host)).toEqual(headers);
  });
});

describe('TLS', () => {
  test('is required: a certificate of an unknown authority is refused', async () => {
    const { clientWith } = await startEmailStack({ withTls: true });
    const verdict = await clientWith({}, { authority: '' }).send(mailTo(recipient), 'primary');
    expect(verdict).toMatchObject({ kind: 'unusable', reason: expect.stringContaining('TLS failed') });
  });

  test('is required: a certificate for another name is refused', async () => {
    const { clientWith } = await startEmailStack({ withTls: true });
    const client = clientWith({ primary: { host: '0.0.0.0' } });
    const verdict = await client.send(mailTo(recipient), 'primary');
    expect(verdict).toMatchObject({ kind: 'unusable', reason: expect.stringContaining('TLS failed') });
  });

  test('is used in the sandbox too where the server offers it', async () => {
    const { clientWith } = await startEmailStack({ withTls: true });
    const client = clientWith({}, { authority: '', isSandbox: true });
    expect(await client.send(mailTo(recipient), 'primary')).toMatchObject({ kind: 'unusable' });
  });

  test('is required of a server that is not on loopback, in the sandbox too', async () => {
    const { clientWith } = await startEmailStack();
    const client = clientWith({ primary: { host: '0.0.0.0' } }, { isSandbox: true });
    const verdict = await client.send(mailTo(recipient), 'primary');
    expect(verdict).toEqual({ kind: 'unusable', reason: 'the server answered 500 to STARTTLS' });
  });
});

describe('a mail', () => {
  test('whose answer was lost is delivered once more under the same id', async () => {
    const { client, emulator, faults } = await startEmailStack();
    faults.add({ operation: 'primary.data', effect: 'drop-after-commit', times: 1 });
    expect(await client.send(mailTo(recipient), 'primary')).toMatchObject({ kind: 'later' });
    expect(await client.send(mailTo(recipient), 'primary')).toEqual({ kind: 'accepted' });
    expect(emulator.state().mails).toEqual([expect.objectContaining({ copies: 2, to: recipient })]);
  });

  test('goes through the second server while the first refuses every connection', async () => {
    const { client, faults, emulator } = await startEmailStack();
    faults.add({ operation: 'primary.connect', effect: 'reset' });
    expect(await client.send(mailTo(recipient), 'primary')).toMatchObject({ kind: 'later' });
    expect(await client.send(mailTo(recipient), 'backup')).toEqual({ kind: 'accepted' });
    expect(client.breakerStates()).toEqual({ email: 'open', 'email-backup': 'closed' });
    expect(emulator.state().mails[0]?.attempts.map(({ server }) => server)).toEqual(['backup']);
  });

  test('is not held up by one that its server refuses', async () => {
    const { client, faults } = await startEmailStack();
    faults.add({ operation: 'primary.rcpt', effect: 'status', code: '5.1.1', times: 1 });
    const refused = client.send(mailTo(recipient, { id: 'a' }), 'primary');
    const accepted = client.send(mailTo('ola@example.com', { id: 'b' }), 'primary');
    const kinds = (await Promise.all([refused, accepted])).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['accepted', 'never']);
  });

  test('goes over another connection where the server closed the idle one', async () => {
    const hosting = await closingServer();
    const { clientWith } = await startEmailStack();
    const client = clientWith({ primary: { port: hosting.port, credentials: undefined } });
    expect(await client.send(mailTo(recipient, { id: 'a' }), 'primary')).toEqual({ kind: 'accepted' });
    expect(await client.send(mailTo(recipient, { id: 'b' }), 'primary')).toEqual({ kind: 'accepted' });
    expect(hosting.connections()).toBe(2);
  });

  test('is not sent once the connections were closed', async () => {
    const { client } = await startEmailStack();
    await client.flush();
    expect(await client.send(mailTo(recipient), 'primary')).toMatchObject({ kind: 'later' });
  });

  test('that is being sent when the connections are closed may be sent again', async () => {
    const { client, faults } = await startEmailStack();
    faults.add({ operation: 'primary.data', effect: 'latency', delayMs: 60_000, times: 1 });
    const sending = client.send(mailTo(recipient), 'primary');
    await expect.poll(() => faults.list()).toEqual([]);
    await client.flush();
    expect(await sending).toMatchObject({ kind: 'later' });
  });
});

test('an attempt is observed without address and content', async () => {
  const { client, attempts, faults, emulator } = await startEmailStack();
  await client.send(mailTo(recipient), 'primary');
  faults.add({ operation: 'backup.rcpt', effect: 'status', code: '5.1.1' });
  await client.send(mailTo(recipient), 'backup');
  const { ports } = emulator.state();
  expect(attempts).toEqual([
    expect.objectContaining({
      provider: 'email',
      operation: 'email.send',
      origin: `smtp://localhost:${ports.primary}`,
      status: 250,
      errorCode: undefined,
    }),
    expect.objectContaining({
      provider: 'email-backup',
      status: 550,
      judgement: { failure: undefined, providerCode: '5.1.1' },
    }),
  ]);
  expect(JSON.stringify(attempts)).not.toMatch(/nordmann|Betalingen|demo-/);
});

/** A server that ends each connection once it has taken one mail, so that it is gone when the next one comes. */
async function closingServer(): Promise<{ port: number; connections(): number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    socket.write('220 localhost\r\n');
    socket.on('data', (data) => answerLines(socket, data.toString()));
  });
  const listening = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined));
  await listening.promise;
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

function answerLines(socket: Socket, text: string): void {
  if (/^EHLO/.test(text)) socket.write('250 localhost\r\n');
  else if (/^(MAIL|RCPT|RSET)/.test(text)) socket.write('250 well\r\n');
  else if (/^DATA/.test(text)) socket.write('354 go on\r\n');
  else if (text.endsWith('\r\n.\r\n')) socket.end('250 taken\r\n');
}
