import { expect, describe, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { assert } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { createApp, type HttpApp } from '#http/app.ts';
import { createWebhookReceiver } from '#inbox/receive.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import { receiverPorts } from '#store/inbox/ports.ts';
import { readMailbox } from '#services/email/address.ts';
import { createBounces } from '#services/email/bounces.ts';
import { reportMail } from '#services/email/emulator/report.ts';
import type { Bounce } from '#services/email/service.ts';
import { testContext } from '../support/context.ts';
import { testStore } from '../support/database.ts';
import { dependenciesOf } from '../support/http-app.ts';

const password = 'a-password-of-bounces-that-is-long';
const former = 'the-password-of-bounces-before-that';
const mailId = '0192f0aa-1111-7222-8333-944455566677';
const to = 'kari.nordmann@example.com';

function report(change: Partial<Parameters<typeof reportMail>[0]> = {}): string {
  const about = {
    action: 'failed',
    status: '5.1.1',
    withoutEnvelopeId: false,
    headers: 'Subject: x',
  } as const;
  return reportMail({ mailId, to, ...about, at: new Date('2026-02-23T14:30:00Z'), ...change });
}

function bouncesWith(...secrets: string[]): { source: WebhookSource; handled: Bounce[] } {
  const from = readMailbox('Drop <drop@mail.drop.example>');
  assert(from, 'it is a mailbox');
  const { bounces, onBounce } = createBounces({ from, secrets: secrets.map((each) => new Secret(each)) });
  assert(bounces, 'there is a secret');
  const handled: Bounce[] = [];
  onBounce(async (bounce) => void handled.push(bounce));
  return { source: bounces, handled };
}

const basic = (value: string): string => `Basic ${Buffer.from(`bounces:${value}`).toString('base64')}`;

interface Given {
  authorization?: string;
  type?: string;
  body?: string;
}

function verify(source: WebhookSource, given: Given = {}) {
  const { authorization = basic(password), type = 'message/rfc822', body = report() } = given;
  const headers = new Headers({ authorization, 'content-type': type });
  return source.verify({ method: 'POST', path: '/api/email/bounces', headers, rawBody: Buffer.from(body) });
}

describe('a report of a bounce', () => {
  test.each([
    ['Basic with any user', basic(password)],
    ['Basic without a user', `Basic ${Buffer.from(`:${password}`).toString('base64')}`],
    ['a bearer token', `Bearer ${password}`],
    ['the former password during a rotation', basic(former)],
  ])('is accepted with %s', async (_what, authorization) => {
    const { source } = bouncesWith(password, former);
    expect(await verify(source, { authorization })).toMatchObject({ kind: 'accepted', subject: mailId });
  });

  test.each([
    ['no credentials', ''],
    ['another password', basic(`${password}x`)],
    ['a part of the password', basic(password.slice(0, -1))],
    ['an empty password', basic('')],
    ['the password as the user', `Basic ${Buffer.from(`${password}:`).toString('base64')}`],
    ['no base64', 'Basic ====='],
    ['another scheme', `Digest ${password}`],
    ['an empty token', 'Bearer '],
  ])('is refused with %s', async (_what, authorization) => {
    const { source } = bouncesWith(password);
    expect(await verify(source, { authorization })).toMatchObject({ kind: 'signature_invalid' });
  });

  const postmark = JSON.stringify({ MessageID: 'x', TextBody: 'x', RawEmail: report() });
  const form = [
    ['to', to],
    ['email', report()],
  ].map(([name, value]) => `--xYzZY\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  const sendGrid = `${form.join('')}--xYzZY--\r\n`;
  const forms = [
    ['from a mail server', 'message/rfc822', report()],
    ['from Postmark', 'application/json; charset=utf-8', postmark],
    ['from SendGrid', 'multipart/form-data; boundary=xYzZY', sendGrid],
  ];

  test.each(forms)('%s is read', async (_from, type, body) => {
    const { source } = bouncesWith(password);
    const verdict = await verify(source, { type, body });
    expect(verdict).toMatchObject({ kind: 'accepted', subject: mailId, eventType: 'failed' });
  });

  test('is the same event whichever way it comes', async () => {
    const { source } = bouncesWith(password);
    const keys = forms.map(async ([, type, body]) => verify(source, { type, body } as Given));
    const verdicts = await Promise.all(keys);
    expect(
      new Set(verdicts.map((verdict) => 'deduplicationKey' in verdict && verdict.deduplicationKey)).size,
    ).toBe(1);
  });

  test.each([
    ['of another type', 'text/plain', report()],
    ['of no bytes', 'message/rfc822', ''],
    ['as JSON without the raw mail', 'application/json', '{"TextBody":"x"}'],
    ['as JSON that is broken', 'application/json', '{'],
    ['as a form without the raw mail', 'multipart/form-data; boundary=b', '--b--\r\n'],
    ['as a form that is broken', 'multipart/form-data; boundary=b', '--b\r\nxx'],
    ['as a form that is cut off', 'multipart/form-data; boundary=xYzZY', sendGrid.slice(0, -20)],
    ['as a form without a boundary', 'multipart/form-data', sendGrid],
  ])('%s is malformed', async (_what, type, body) => {
    const { source } = bouncesWith(password);
    expect(await verify(source, { type, body })).toMatchObject({ kind: 'malformed' });
  });

  test('that is none is acknowledged, and nothing is handled', async () => {
    const { handled, stored } = await storedFrom('Subject: I am away\r\n\r\nUntil Monday.');
    expect(stored.toString()).toBe('{"bounce":null}');
    expect(handled).toEqual([]);
  });

  test.each<[string, Parameters<typeof report>[0], Omit<Bounce, 'mailId'>]>([
    [
      'no such mailbox',
      {},
      {
        isPermanent: true,
        addressIsAtFault: true,
        statusCode: '5.1.1',
        reason: 'failed, 5.1.1: the address',
      },
    ],
    [
      'a policy',
      { status: '5.7.1' },
      {
        isPermanent: true,
        addressIsAtFault: false,
        statusCode: '5.7.1',
        reason: 'failed, 5.7.1: security or policy',
      },
    ],
    [
      'a server that gave up waiting',
      { status: '4.4.7' },
      {
        isPermanent: false,
        addressIsAtFault: false,
        statusCode: '4.4.7',
        reason: 'failed, 4.4.7: the network or the route',
      },
    ],
    [
      'a delay',
      { action: 'delayed', status: '4.2.2' },
      {
        isPermanent: false,
        addressIsAtFault: false,
        statusCode: '4.2.2',
        reason: 'delayed, 4.2.2: the mailbox',
      },
    ],
  ])('about %s reaches the handler', async (_what, change, bounce) => {
    const { handled } = await storedFrom(report(change));
    expect(handled).toEqual([{ mailId, ...bounce }]);
  });

  test('is kept without the address and without the mail', async () => {
    const { stored } = await storedFrom(report({ headers: `Subject: secret\r\nTo: ${to}` }));
    expect(stored.toString()).toBe(
      `{"bounce":{"mailId":"${mailId}","action":"failed","statusCode":"5.1.1"}}`,
    );
  });

  test('is tried again while there is no handler', async () => {
    const from = readMailbox('drop@mail.drop.example');
    assert(from, 'it is a mailbox');
    const { bounces } = createBounces({ from, secrets: [new Secret(password)] });
    const rawBody = Buffer.from(`{"bounce":{"mailId":"${mailId}","action":"failed","statusCode":"5.1.1"}}`);
    const webhook = { id: '1', eventType: 'failed', subject: mailId, rawBody };
    await expect(bounces?.handle(webhook)).rejects.toMatchObject({ code: 'internal_error' });
  });
});

/** Receives a mail as a process does, and handles what was stored. */
async function storedFrom(body: string): Promise<{ stored: Buffer; handled: Bounce[] }> {
  const { source, handled } = bouncesWith(password);
  const store = await testStore();
  const receiver = createWebhookReceiver({ clock: new ManualClock(), ...receiverPorts(store) });
  const headers = new Headers({ authorization: basic(password), 'content-type': 'message/rfc822' });
  const delivery = { method: 'POST', path: '/api/email/bounces', headers, rawBody: Buffer.from(body) };
  expect(await receiver.receive(source, delivery)).toBe('stored');
  expect(await receiver.receive(source, delivery)).toBe('duplicate');
  const { rows } = await store.pool.query<{ raw_body: Buffer; subject: string; event_type: string }>(
    'select raw_body, subject, event_type from webhook_inbox',
  );
  const [row] = rows;
  assert(row, 'it was stored');
  const { raw_body: rawBody, subject, event_type: eventType } = row;
  await source.handle({ id: '1', subject, eventType, rawBody });
  return { stored: rawBody, handled };
}

describe('POST /api/email/bounces', () => {
  async function app(sources: WebhookSource[]): Promise<HttpApp> {
    return createApp({ ...dependenciesOf(await testContext()), webhookSources: sources });
  }

  const post = (authorization: string): RequestInit => {
    return { method: 'POST', headers: { authorization, 'content-type': 'message/rfc822' }, body: report() };
  };

  test('is 200 for a report with the password', async () => {
    const answer = await (
      await app([bouncesWith(password).source])
    ).request('/api/email/bounces', post(basic(password)));
    expect(answer.status).toBe(200);
  });

  test('is 401 for a report without it', async () => {
    const answer = await (
      await app([bouncesWith(password).source])
    ).request('/api/email/bounces', post(basic('x')));
    expect(answer.status).toBe(401);
  });

  test('is 404 where no password is configured', async () => {
    expect((await (await app([])).request('/api/email/bounces', post(basic('')))).status).toBe(404);
  });

  test('is the only path of bounces', async () => {
    const found = await (
      await app([bouncesWith(password).source])
    ).request('/api/openbanking/webhook/email', post(basic(password)));
    expect(found.status).toBe(404);
  });
});
