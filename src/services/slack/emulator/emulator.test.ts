import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
    ['more than 50 blocks', JSON.stringify({ blocks: Array(51).fill({}) }), 400, 'invalid_blocks'],
    [
      'more than 100 attachments',
      JSON.stringify({ attachments: Array(101).fill({}) }),
      400,
      'too_many_attachments',
    ],
  ])('refuses %s', async (_name, body, status, word) => {
    expect(await post(body)).toMatchObject({ status, body: word });
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
