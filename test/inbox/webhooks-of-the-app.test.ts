import { expect, test } from 'vitest';
import { webhookBytesMax } from '#inbox/receive.ts';
import { approval } from '../security/sumsub/deliveries.ts';
import { httpStand, signed } from './http-stand.ts';

/** Delivers a body of unknown length to the app alone. */
async function stream(body: ReadableStream<Uint8Array>, headers: Headers = new Headers()) {
  const { url, fetch, rows, refused } = await httpStand('the app alone');
  const response = await fetch(new Request(url, { method: 'POST', headers, body, duplex: 'half' }));
  return { status: response.status, text: await response.text(), rows, refused };
}

test('a body of unknown length is 413 as soon as it is too large, and the rest of it is not read', async () => {
  const cancelled = Promise.withResolvers<string>();
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(webhookBytesMax / 2)),
    cancel: () => cancelled.resolve('cancelled'),
  });
  const { status, text, refused } = await stream(endless);
  expect([status, await refused('payload_too_large')]).toEqual([413, 1]);
  expect(text).toContain('payload_too_large');
  expect(await cancelled.promise).toBe('cancelled');
});

test('a body of unknown length that is small enough is stored as it came', async () => {
  const { rawBody, headers } = signed(approval);
  const pieces = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(rawBody.subarray(0, 10));
      controller.enqueue(rawBody.subarray(10));
      controller.close();
    },
  });
  const { status, text, rows } = await stream(pieces, headers);
  expect([status, text]).toEqual([200, '{"receipt":"stored"}']);
  expect(await rows()).toHaveLength(1);
});

test('a sender that goes in the middle of its body is 400 and counted, and nothing is stored', async () => {
  const { rawBody, headers } = signed(approval);
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(rawBody.subarray(0, 10)),
    pull: (controller) => controller.error(new TypeError('the connection was reset')),
  });
  const { status, rows, refused } = await stream(broken, headers);
  expect([status, await refused('webhook_malformed')]).toEqual([400, 1]);
  expect(await rows()).toEqual([]);
});
