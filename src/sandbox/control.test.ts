import { beforeEach, expect, test } from 'vitest';
import { Hono } from 'hono';
import { ManualClock } from '#domain/clock.ts';
import { readParameters } from '#emulation/action-parameters.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { Faults } from '#emulation/faults.ts';
import { z } from 'zod';
import { controlRoutes } from './control.ts';

const token = 'token-of-this-test';
let routes: Hono;

beforeEach(() => {
  const faults = new Faults(new ManualClock(), () => 0);
  const emulated = new Hono<EmulatorEnvironment>();
  emulated.get('/pay', faults.guard('pay'), (c) => c.text('paid'));
  faults.answerWith({ codes: { LIMIT: 422 }, errorBody: () => ({ contentType: 'text/plain', body: 'no' }) });
  const emulator = {
    name: 'bank',
    routes: emulated,
    reset: () => undefined,
    state: () => ({ open: true }),
    actions: {
      count: async (parameters: Record<string, unknown>) =>
        readParameters(z.strictObject({ to: z.int() }), parameters),
      bend: async (parameters: Record<string, unknown>) =>
        z.strictObject({ to: z.string() }).parse(parameters),
    },
  };
  routes = controlRoutes(
    [
      {
        emulator,
        faults,
        origin: 'http://localhost:1',
        title: 'Bank',
        variables: { BANK_SECRET: 'demo-secret' },
      },
    ],
    token,
  );
});

async function call(method: string, path: string, body?: object, bearer = token) {
  const response = await routes.request(`/__sandbox${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.text() };
}

test('the control plane refuses another token', async () => {
  expect(await call('GET', '/state', undefined, 'other')).toMatchObject({ status: 401 });
});

test('the control plane tells how a client connects to each emulator', async () => {
  expect(JSON.parse((await call('GET', '/connections')).body)).toEqual({
    bank: { origin: 'http://localhost:1', variables: { BANK_SECRET: 'demo-secret' } },
  });
});

test('the connections are behind the token', async () => {
  expect(await call('GET', '/connections', undefined, 'other')).toMatchObject({ status: 401 });
});

test('the state names operations, error codes and actions', async () => {
  expect(JSON.parse((await call('GET', '/state')).body)).toEqual({
    bank: {
      faults: [],
      operations: ['pay'],
      errorCodes: ['LIMIT'],
      actions: ['count', 'bend'],
      state: { open: true },
    },
  });
});

test('a fault of an unknown operation is refused, and the answer names the known ones', async () => {
  const answer = await call('POST', '/bank/faults', { operation: 'pya', effect: 'reset' });
  expect(answer).toEqual({ status: 400, body: '{"error":"no such operation; there are: pay"}' });
});

test('a fault with an unknown error code is refused, and the answer names the known ones', async () => {
  const answer = await call('POST', '/bank/faults', { operation: 'pay', effect: 'status', code: 'NO' });
  expect(answer).toEqual({ status: 400, body: '{"error":"no such error code; there are: LIMIT"}' });
});

test.each(['count', 'bend'])('an action with wrong parameters is refused with 400: %s', async (action) => {
  const answer = await call('POST', `/bank/actions/${action}`, { to: [] });
  expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('to') });
});
