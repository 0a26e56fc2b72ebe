import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { slackErrors } from './errors.ts';
import { startSlackStack, webhookPath, type SlackStack } from '../../../../test/conformance/slack-stack.ts';

let stack: SlackStack;
beforeEach(async () => {
  stack = await startSlackStack();
});
afterEach(async () => stack.close());

const json = 'application/json';

async function post(body: string, path = webhookPath, contentType = json) {
  const request = new Request(`${stack.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body,
  });
  const response = await stack.emulator.routes.request(request);
  return { status: response.status, body: await response.text(), headers: response.headers };
}

describe('the webhook', () => {
  test('accepts a message and answers ok in plain text', async () => {
    expect(await post('{"text":"hello"}')).toMatchObject({ status: 200, body: 'ok' });
    expect(stack.emulator.state()).toEqual({
      channel: '#drop-ops',
      webhook: 'active',
      messages: [{ text: 'hello', receivedAt: '2026-02-23T14:30:00.000Z' }],
    });
  });

  test('accepts a form with the payload as JSON', async () => {
    const form = new URLSearchParams({ payload: '{"text":"hello"}' }).toString();
    expect(await post(form, webhookPath, 'application/x-www-form-urlencoded')).toMatchObject({ body: 'ok' });
  });

  test.each([
    ['what is not JSON', 'text=hello', 400, 'invalid_payload'],
    ['an array', '[]', 400, 'invalid_payload'],
    ['a text that is no string', '{"text":1}', 400, 'invalid_payload'],
    ['a message without anything to show', '{}', 400, 'no_text'],
    ['a text of spaces', '{"text":"  "}', 400, 'no_text'],
    ['blocks that are no list', '{"text":"a","blocks":{}}', 400, 'invalid_blocks_format'],
    [
      'more than 50 blocks',
      JSON.stringify({ blocks: Array(51).fill({ type: 'divider' }) }),
      400,
      'invalid_blocks',
    ],
    ['an attachment that is no object', '{"attachments":["a"]}', 400, 'invalid_payload'],
    [
      'attachments without content',
      '{"attachments":[{"color":"#ff0000"}]}',
      400,
      'missing_text_or_fallback_or_attachments',
    ],
    [
      'more than 100 attachments',
      JSON.stringify({ attachments: Array(101).fill({ text: 'a' }) }),
      400,
      'too_many_attachments',
    ],
  ])('refuses %s', async (_name, body, status, word) => {
    expect(await post(body)).toMatchObject({ status, body: word });
  });

  const section = (text: object): object => ({ type: 'section', text });
  const mrkdwn = (length: number): object => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
  const plain = (length: number): object => ({ type: 'plain_text', text: 'x'.repeat(length) });
  const image = { type: 'image', image_url: 'https://drop.example/a.png', alt_text: 'a' };

  test.each<[string, object]>([
    ['a section of 3000 characters', section(mrkdwn(3_000))],
    ['ten fields of 2000', { type: 'section', fields: Array(10).fill(mrkdwn(2_000)) }],
    ['a header of 150', { type: 'header', text: plain(150) }],
    ['a divider', { type: 'divider', block_id: 'x'.repeat(255) }],
    ['ten elements of context', { type: 'context', elements: Array(10).fill(mrkdwn(1)) }],
    ['an image', image],
    ['25 actions', { type: 'actions', elements: Array(25).fill({ type: 'button' }) }],
  ])('accepts %s', async (_name, block) => {
    expect(await post(JSON.stringify({ text: 'a', blocks: [block] }))).toMatchObject({ status: 200 });
  });

  test.each<[string, unknown[]]>([
    ['a block that is no object', ['a']],
    ['a block without a type', [{}]],
    ['a block of an unknown type', [{ type: 'heading', text: plain(1) }]],
    ['a section without text and fields', [{ type: 'section' }]],
    ['a section whose text is a string', [{ type: 'section', text: 'a' }]],
    ['a section whose text has no type', [section({ text: 'a' })]],
    ['a section with an empty text', [section(mrkdwn(0))]],
    ['a section of 3001 characters', [section(mrkdwn(3_001))]],
    ['eleven fields', [{ type: 'section', fields: Array(11).fill(mrkdwn(1)) }]],
    ['a field of 2001', [{ type: 'section', fields: [mrkdwn(2_001)] }]],
    ['a header of 151', [{ type: 'header', text: plain(151) }]],
    ['a header in mrkdwn', [{ type: 'header', text: mrkdwn(1) }]],
    ['eleven elements of context', [{ type: 'context', elements: Array(11).fill(mrkdwn(1)) }]],
    ['a context without elements', [{ type: 'context', elements: [] }]],
    ['an image without a description', [{ ...image, alt_text: undefined }]],
    ['an image without an address', [{ ...image, image_url: undefined }]],
    ['26 actions', [{ type: 'actions', elements: Array(26).fill({ type: 'button' }) }]],
    ['a block id of 256', [{ type: 'divider', block_id: 'x'.repeat(256) }]],
    ['a block id twice', Array(2).fill({ type: 'divider', block_id: 'a' })],
  ])('refuses %s as invalid_blocks, and shows nothing', async (_name, blocks) => {
    const answer = await post(JSON.stringify({ text: 'a', blocks }));
    expect(answer).toMatchObject({ status: 400, body: 'invalid_blocks' });
    expect(stack.emulator.state().messages).toEqual([]);
  });

  test.each(Object.entries(slackErrors.codes))('answers an injected %s with %i', async (code, status) => {
    stack.faults.add({ operation: 'webhook', effect: 'status', code });
    expect(await injected()).toMatchObject({ status, body: code });
  });

  test.each([
    [429, 'rate_limited'],
    [500, 'rollup_error'],
    [400, 'invalid_payload'],
  ])('answers an injected %i without a code with %s', async (status, word) => {
    stack.faults.add({ operation: 'webhook', effect: 'status', status, retryAfterSeconds: 7 });
    const answer = await injected();
    expect(answer).toMatchObject({ status, body: word });
    expect(answer.headers.get('retry-after')).toBe('7');
  });

  const injected = (): ReturnType<typeof post> => post('{"text":"a"}');

  test('accepts no burst when it is told so, until reset', async () => {
    await stack.emulator.actions?.['limit_rate']?.({ burst: 1 });
    expect(await post('{"text":"a"}')).toMatchObject({ status: 200 });
    expect(await post('{"text":"b"}')).toMatchObject({ status: 429, body: 'rate_limited' });
    stack.clock.advance(1_000);
    expect(await post('{"text":"b"}')).toMatchObject({ status: 200 });
    stack.emulator.reset();
    expect(await post('{"text":"c"}')).toMatchObject({ status: 200 });
    expect(await post('{"text":"d"}')).toMatchObject({ status: 200 });
  });

  test.each([
    ['set_webhook', { state: 'gone' }],
    ['limit_rate', { burst: 0 }],
  ])('refuses wrong parameters of %s', async (action, parameters) => {
    await expect(stack.emulator.actions?.[action]?.(parameters)).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  test('refuses a wrong token', async () => {
    expect(await post('{"text":"a"}', '/services/T0DEMO/B0DEMO/other')).toMatchObject({
      status: 403,
      body: 'invalid_token',
    });
  });

  test('refuses an unknown webhook', async () => {
    expect(await post('{"text":"a"}', '/services/T1/B1/x')).toMatchObject({
      status: 404,
      body: 'no_service',
    });
  });

  test.each([
    ['removed', 404, 'no_service'],
    ['channel_archived', 410, 'channel_is_archived'],
    ['posting_denied', 403, 'action_prohibited'],
  ])('when %s answers %d %s, until reset', async (state, status, word) => {
    await stack.emulator.actions?.['set_webhook']?.({ state });
    expect(await post('{"text":"a"}')).toMatchObject({ status, body: word });
    stack.emulator.reset();
    expect(await post('{"text":"a"}')).toMatchObject({ status: 200 });
  });

  test('accepts a burst of 25 and then one message a second', async () => {
    for (let number = 1; number <= 25; number += 1) await post('{"text":"a"}');
    const refused = await post('{"text":"b"}');
    expect(refused).toMatchObject({ status: 429 });
    expect(refused.headers.get('retry-after')).toBe('1');
    stack.clock.advance(1_000);
    expect(await post('{"text":"b"}')).toMatchObject({ status: 200 });
    expect(await post('{"text":"b"}')).toMatchObject({ status: 429 });
  });
});

describe('the channel page', () => {
  const page = async (): Promise<string> => (await stack.emulator.routes.request('/')).text();

  test('states that it is not real', async () => {
    expect(await page()).toContain('SANDKASSE');
  });

  test('shows the newest message last', async () => {
    await post('{"text":"the first"}');
    await post('{"text":"the second"}');
    expect(await page()).toMatch(/the first[^]*the second/);
  });

  test('shows markup as text and highlights control sequences', async () => {
    await post(JSON.stringify({ text: '&lt;b&gt; <!channel>' }));
    expect(await page()).toContain('<p>&lt;b&gt; <mark>&lt;!channel&gt;</mark></p>');
  });

  test('receives each new message', async () => {
    const response = await stack.emulator.routes.request('/events');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    await post('{"text":"just now"}');
    const event = await reader?.read();
    expect(event?.value).toMatch(/^data: ".*just now.*"\n\n$/);
    await reader?.cancel();
  });
});
