import { afterEach, beforeEach, expect, test } from 'vitest';
import { Agent } from 'undici';
import { systemClock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { listenOnLoopback, type LoopbackServer } from '../../../test/support/loopback.ts';
import { createHeartbeatClient } from './client.ts';
import type { Heartbeats } from './service.ts';

const path = '/api/v1/heartbeat/demo-token-of-a-heartbeat';
let server: LoopbackServer;
let dispatcher: Agent;
let client: Heartbeats;
let status: number;
let received: string[];
let logged: unknown[];

beforeEach(async () => {
  [status, received, logged] = [200, [], []];
  server = await listenOnLoopback(0);
  server.handle((request) => {
    received.push(`${request.method} ${new URL(request.url).pathname}`);
    return new Response(null, { status });
  });
  dispatcher = new Agent();
  const { origin } = server;
  const guard = { provider: 'better-stack', clock: systemClock, dispatcher, random: () => 0 };
  client = createHeartbeatClient(
    { outbox: new Secret(`${origin}${path}`) },
    { outbound: createOutbound({ ...guard, origins: [origin] }), log: (...parts) => logged.push(parts) },
  );
});
afterEach(async () => {
  await dispatcher.close();
  await server.close();
});

test('a heartbeat is sent to the address of its worker', async () => {
  await client.beat('outbox');
  expect([received, logged]).toEqual([[`POST ${path}`], []]);
});

test('a worker without an address sends none', async () => {
  await client.beat('webhook_inbox');
  expect([client.names, received]).toEqual([['outbox'], []]);
});

test('a failure is logged once until the next success, without the address', async () => {
  const beat = async (answer: number): Promise<void> => {
    status = answer;
    await client.beat('outbox');
  };
  await beat(404);
  await beat(404);
  expect(logged).toEqual([
    ['a heartbeat was not taken', { worker: 'outbox', reason: 'BetterStack answered 404' }],
  ]);
  await beat(200);
  await beat(404);
  expect(logged).toHaveLength(2);
});

test('a server that is gone does not fail the work', async () => {
  await server.close();
  await client.beat('outbox');
  expect(logged).toEqual([
    ['a heartbeat was not taken', { worker: 'outbox', reason: 'provider_unavailable' }],
  ]);
});
