import { Hono } from 'hono';
import { beforeEach, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import type { EmulatorEnvironment } from './emulator.ts';
import { jsonError } from './error-bodies.ts';
import { Faults } from './faults.ts';

let faults: Faults;
let routes: Hono<EmulatorEnvironment>;

beforeEach(() => {
  faults = new Faults(new ManualClock(), () => 0);
  routes = new Hono<EmulatorEnvironment>();
  routes.get('/pay', faults.guard('pay'), (c) => c.text('paid'));
});

function speakAsProvider(): void {
  faults.answerWith({
    codes: { LIMIT_REACHED: 422 },
    errorBody: (status, code, operation) => jsonError({ status, code: code ?? 'OTHER', operation }),
  });
}

async function pay(): Promise<{ status: number; body: string; type: string | null }> {
  const response = await routes.request('/pay');
  return {
    status: response.status,
    body: await response.text(),
    type: response.headers.get('content-type'),
  };
}

test('an injected error has the provider’s body, code and status', async () => {
  speakAsProvider();
  faults.add({ operation: 'pay', effect: 'status', code: 'LIMIT_REACHED' });
  expect(await pay()).toEqual({
    status: 422,
    body: '{"status":422,"code":"LIMIT_REACHED","operation":"pay"}',
    type: 'application/json',
  });
});

test('a status that the fault names takes precedence over the status of the code', async () => {
  speakAsProvider();
  faults.add({ operation: 'pay', effect: 'status', code: 'LIMIT_REACHED', status: 400 });
  expect(await pay()).toMatchObject({ status: 400 });
});

test('an injected error without a code has the provider’s body, and is 503 by default', async () => {
  speakAsProvider();
  faults.add({ operation: '*', effect: 'status' });
  expect(await pay()).toMatchObject({ status: 503, body: expect.stringContaining('"code":"OTHER"') });
});

test('an emulator without error bodies answers an injected error with plain text', async () => {
  faults.add({ operation: 'pay', effect: 'status', status: 500 });
  expect(await pay()).toEqual({ status: 500, body: 'sandbox fault', type: 'text/plain;charset=UTF-8' });
});

test('an injected 204 has no body', async () => {
  faults.add({ operation: 'pay', effect: 'status', status: 204 });
  expect(await pay()).toMatchObject({ status: 204, body: '' });
});

test('an answer without a body is not dripped', async () => {
  routes.delete('/pay', faults.guard('cancel'), (c) => c.body(null, 204));
  faults.add({ operation: 'cancel', effect: 'slow-drip', delayMs: 1 });
  const response = await routes.request('/pay', { method: 'DELETE' });
  expect([response.status, response.body]).toEqual([204, null]);
});

test.each([
  ['an operation that the emulator does not have', { operation: 'pya', effect: 'status' }, /there are: pay/],
  [
    'a code that the provider does not have',
    { operation: 'pay', effect: 'status', code: 'NO' },
    /LIMIT_REACHED/,
  ],
  [
    'a code with an effect that sends no error body',
    { operation: 'pay', effect: 'reset', code: 'LIMIT_REACHED' },
    /only for/,
  ],
] as const)('a fault with %s is refused', (_name, fault, message) => {
  speakAsProvider();
  expect(() => faults.add(fault)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  expect(() => faults.add(fault)).toThrow(message);
  expect(faults.list()).toEqual([]);
});
