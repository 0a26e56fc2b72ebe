import { beforeEach, describe, expect, test } from 'vitest';
import { assert } from '#domain/errors.ts';
import type { WebhookVerdict } from '#inbox/webhook-source.ts';
import { Mailbox } from '#services/email/emulator/mailbox.ts';
import { mailTo, startEmailStack, type EmailStack } from './email-stack.ts';

let stack: EmailStack;
beforeEach(async () => {
  stack = await startEmailStack();
});

const kari = 'kari@example.com';
const id = mailTo(kari).id;
const send = (change: Parameters<typeof mailTo>[1] = {}, to = kari) =>
  stack.client.send(mailTo(to, change), 'primary');
const get = async (path: string): Promise<Response> => stack.emulator.routes.request(path);
const page = async (path = '/'): Promise<string> => (await get(path)).text();
const act = async (name: string, parameters: Record<string, unknown> = {}): Promise<unknown> =>
  stack.emulator.actions?.[name]?.(parameters);

describe('the inbox page', () => {
  test('states that it is not real', async () => {
    expect(await page()).toContain('SANDKASSE');
  });

  test('shows the mails of each recipient, the newest first', async () => {
    await send({ id: 'a', subject: 'the first' });
    await send({ id: 'b', subject: 'the second' });
    await send({ id: 'c', subject: 'another' }, 'ola@example.com');
    expect(await page()).toMatch(
      /ola@example\.com[^]*another[^]*kari@example\.com[^]*the second[^]*the first/,
    );
  });

  test('shows markup as text', async () => {
    await send({ subject: '<script>alert(1)</script>', text: '<img src=x onerror=alert(1)>' });
    expect(await page()).not.toContain('<script>alert');
    expect(await page(`/mails/${id}`)).not.toMatch(/<script>alert|<img/);
  });

  test('is loaded again when a mail arrives', async () => {
    const reader = (await get('/events')).body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    await send();
    expect((await reader?.read())?.value).toBe(`data: "${id}"\n\n`);
    await reader?.cancel();
  });
});

describe('the page of a mail', () => {
  test('shows its text with links, and every attempt with the reply', async () => {
    stack.faults.add({ operation: 'primary.rcpt', effect: 'status', code: '4.2.2', times: 1 });
    const link = 'https://drop.example/verify?token=abc';
    await send({ text: `Bekreft: ${link}\n` });
    expect(await page(`/mails/${id}`)).toMatch(/Ikke mottatt[^]*primary[^]*452 4\.2\.2/);
    await send({ text: `Bekreft: ${link}\n` });
    const shown = await page(`/mails/${id}`);
    expect(shown).toContain(`<a href="${link}">${link}</a>`);
    expect(shown).toMatch(/452 4\.2\.2[^]*250 accepted/);
  });

  test('says that an answer was lost', async () => {
    stack.faults.add({ operation: 'primary.data', effect: 'drop-after-commit', times: 1 });
    await send();
    expect(await page(`/mails/${id}`)).toContain('250 accepted, and the answer was lost');
  });

  test('shows the HTML in a frame that runs no script and loads nothing', async () => {
    await send({ html: '<p>Hei!</p><script>alert(1)</script>' });
    expect(await page(`/mails/${id}`)).toMatch(/<iframe[^>]*sandbox="allow-popups[^>"]*"/);
    const { headers } = await get(`/mails/${id}/html`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'.*sandbox allow-popups.*frame-ancestors 'self'/);
    expect(policy).not.toMatch(/allow-scripts|allow-same-origin|script-src/);
  });

  test('has the source as plain text', async () => {
    await send({ html: '<p>Hei!</p>' });
    const answer = await get(`/mails/${id}/source`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await answer.text()).toContain('Auto-Submitted: auto-generated');
  });

  test.each(['', '/html', '/source'])('is not there for a mail that is not known: %s', async (part) => {
    expect((await get(`/mails/x${part}`)).status).toBe(404);
  });
});

describe('the servers', () => {
  test('refuse a mail that is too large, for good', async () => {
    const verdict = await send({ text: 'x'.repeat(600_000) });
    expect(verdict).toMatchObject({ kind: 'never', addressIsAtFault: false });
  });

  test('have faults of their own', async () => {
    stack.faults.add({ operation: 'primary.auth', effect: 'status', status: 535 });
    expect(await send()).toMatchObject({ kind: 'unusable' });
    expect(await stack.client.send(mailTo(kari), 'backup')).toEqual({ kind: 'accepted' });
  });

  test('answer late where they are told so', async () => {
    stack.faults.add({ operation: 'primary.data', effect: 'latency', delayMs: 1, times: 1 });
    stack.faults.add({ operation: 'primary.rcpt', effect: 'slow-drip', delayMs: 1, times: 1 });
    expect(await send()).toEqual({ kind: 'accepted' });
    expect(stack.faults.list()).toEqual([]);
  });

  test('forget everything at a reset', async () => {
    await send();
    await act('bounce_next', { times: 5 });
    stack.emulator.reset();
    expect(stack.emulator.state().mails).toEqual([]);
    await send();
    expect(stack.delivered).toEqual([]);
  });
});

test('the mailbox keeps the latest 200 mails and the latest 20 attempts at each', () => {
  const mailbox = new Mailbox();
  const attempt = { server: 'primary', at: '', reply: '' };
  for (let number = 1; number <= 201; number += 1) mailbox.keep(`${number}`, kari, attempt);
  for (let number = 1; number <= 21; number += 1) mailbox.keep('201', kari, attempt);
  expect(mailbox.list()).toHaveLength(200);
  expect(mailbox.find('1')).toBeUndefined();
  expect(mailbox.find('201')?.attempts).toHaveLength(20);
});

describe('bounces', () => {
  /** What Drop makes of the latest report. */
  async function verdict(): Promise<WebhookVerdict> {
    const { bounces } = stack.client;
    const report = stack.delivered.at(-1);
    assert(bounces && report, 'a report was delivered');
    const { url, headers, body } = report;
    const delivery = { method: 'POST', path: new URL(url).pathname, headers: new Headers(headers) };
    return bounces.verify({ ...delivery, rawBody: Buffer.from(body) });
  }

  test.each([
    [{}, 'failed'],
    [{ id, status: '5.2.2' }, 'failed'],
    [{ withoutEnvelopeId: true }, 'failed'],
    [{ action: 'delayed', status: '4.4.1' }, 'delayed'],
  ])('of an accepted mail are reported with %j', async (parameters, eventType) => {
    await send();
    expect(await act('bounce_mail', parameters)).toEqual({ id });
    expect(await verdict()).toMatchObject({ kind: 'accepted', subject: id, eventType });
  });

  test('of the next mails are reported, and of no more', async () => {
    await act('bounce_next', { times: 2, status: '5.7.1' });
    for (const next of ['a', 'b', 'c']) await send({ id: next });
    expect(stack.delivered).toHaveLength(2);
    expect(await verdict()).toMatchObject({ kind: 'accepted', subject: 'b' });
  });

  test('can be reported with another password, which Drop refuses', async () => {
    await send();
    await act('corrupt_webhooks');
    await act('bounce_mail');
    expect(await verdict()).toMatchObject({ kind: 'signature_invalid' });
  });

  test('of a mail that was not accepted are not reported', async () => {
    stack.faults.add({ operation: 'primary.rcpt', effect: 'status', code: '5.1.1' });
    await send();
    await expect(act('bounce_mail')).rejects.toMatchObject({ code: 'invalid_request' });
  });

  test.each([
    ['bounce_mail', { status: '2.0.0' }],
    ['bounce_next', { times: -1 }],
    ['bounce_next', { action: 'lost' }],
  ])('with wrong parameters are refused: %s %j', async (action, parameters) => {
    await send();
    await expect(act(action, parameters)).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
