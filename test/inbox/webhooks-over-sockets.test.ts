import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { webhookBytesMax } from '#inbox/receive.ts';
import { approval } from '../security/sumsub/deliveries.ts';
import { httpStand, signed } from './http-stand.ts';

const stand = () => httpStand('the Node listener');

test('a body of unknown length is 413 as soon as it is too large', async () => {
  const { url, refused } = await stand();
  const sending = request(url, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } });
  sending.on('error', () => undefined);
  const answered = once(sending, 'response');
  sending.write(Buffer.alloc(webhookBytesMax + 1));
  const [response] = (await answered) as [IncomingMessage];
  expect([response.statusCode, await refused('payload_too_large')]).toEqual([413, 1]);
  expect(await text(response)).toContain('payload_too_large');
  sending.destroy();
});

test('a body of unknown length that is small enough is stored as it came', async () => {
  const { url, rows } = await stand();
  const { rawBody, headers } = signed(approval);
  const sending = request(url, {
    method: 'POST',
    headers: { ...Object.fromEntries(headers), 'transfer-encoding': 'chunked' },
  });
  const answered = once(sending, 'response');
  sending.write(rawBody.subarray(0, 10));
  sending.end(rawBody.subarray(10));
  const [response] = (await answered) as [IncomingMessage];
  expect([response.statusCode, await text(response)]).toEqual([200, '{"receipt":"stored"}']);
  expect(await rows()).toHaveLength(1);
});

test('a sender that goes in the middle of its body is counted, and nothing is stored', async () => {
  const { url, rows, refused } = await stand();
  const { rawBody, headers } = signed(approval);
  const sending = request(url, {
    method: 'POST',
    headers: { ...Object.fromEntries(headers), 'content-length': rawBody.length },
  });
  sending.on('error', () => undefined);
  sending.write(rawBody.subarray(0, 10), () => sending.destroy());
  await expect.poll(() => refused('webhook_malformed')).toBe(1);
  expect(await rows()).toEqual([]);
});

test('a request whose target is a whole address, as to a proxy, is taken by its path', async () => {
  const { url, rows } = await stand();
  const { rawBody, headers } = signed(approval);
  const sending = request(url, {
    method: 'POST',
    path: 'http://getdrop.example/api/kyc/webhook?from=proxy',
    headers: { ...Object.fromEntries(headers), 'content-length': rawBody.length },
  });
  sending.end(rawBody);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  expect([response.statusCode, await text(response)]).toEqual([200, '{"receipt":"stored"}']);
  expect(await rows()).toHaveLength(1);
});
