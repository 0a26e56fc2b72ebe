import { OpenAPIHono } from '@hono/zod-openapi';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { HttpEnvironment } from '#http/environment.ts';
import { traceRequests } from '#http/trace-requests.ts';
import { answer, guard, ObligingClock, reset, startProvider } from '../outbound/guarded.ts';
import { idOf, parentOf, startTraces, traceOf } from './in-memory.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const incoming = `00-${traceId}-00f067aa0ba902b7-01`;
const once = { repeatable: false };

describe('an outbound call', () => {
  test('is a child span of its cause, and its context is sent to the provider', async () => {
    const provider = await startProvider(answer(200));
    const { traces, named } = startTraces();
    const { send } = guard(provider.origin, new ManualClock(), { tracing: traces.calls });
    await traces.run({ name: 'cause', kind: 'internal', parent: incoming }, async () => send(once));
    const [cause, call] = [named('cause'), named('POST test.act')];
    expect(parentOf(cause)).toBe('00f067aa0ba902b7');
    expect(parentOf(call)).toBe(idOf(cause));
    expect(provider.received[0]?.headers['traceparent']).toBe(`00-${traceId}-${idOf(call)}-01`);
    expect(call.attributes).toEqual({
      'http.request.method': 'POST',
      'server.address': 'localhost',
      'server.port': Number(new URL(provider.origin).port),
      'drop.provider': 'test',
      'drop.operation': 'test.act',
      'http.response.status_code': 200,
    });
  });

  test('has a span for every attempt, with the reason for each failure', async () => {
    const provider = await startProvider(reset, answer(503), answer(404));
    const { traces, spans } = startTraces();
    const { send } = guard(provider.origin, new ObligingClock(), { tracing: traces.calls });
    await send();
    expect(spans().map(({ attributes }) => attributes['error.type'])).toEqual([
      'provider_unavailable',
      '503',
      '404',
    ]);
    expect(spans().map(({ attributes }) => attributes['http.request.resend_count'])).toEqual([
      undefined,
      1,
      2,
    ]);
  });

  test('reports its span to the recorder', async () => {
    const provider = await startProvider(answer(200));
    const { traces, named } = startTraces();
    const { send, attempts } = guard(provider.origin, new ManualClock(), { tracing: traces.calls });
    await send(once);
    expect(attempts[0]?.traceparent).toContain(idOf(named('POST test.act')));
  });

  test('records nothing of the path, headers and bodies', async () => {
    const provider = await startProvider(answer(400, { 'x-canary': 'canary' }, '{"canary":"canary"}'));
    const { traces, spans } = startTraces();
    const { send } = guard(provider.origin, new ManualClock(), { tracing: traces.calls });
    const url = `${provider.origin}/people/canary?code=canary`;
    await send({ ...once, url, headers: { authorization: 'canary' }, body: 'canary' });
    expect(spans()).toHaveLength(1);
    expect(inspect(spans()[0], { depth: 20 })).not.toContain('canary');
  });

  test('to an address outside the provider creates no span and is not recorded', async () => {
    const stranger = await startProvider(answer(200));
    const provider = await startProvider(answer(200));
    const { traces, spans } = startTraces();
    const { fail } = guard(provider.origin, new ManualClock(), { tracing: traces.calls });
    await fail({ url: stranger.origin });
    expect(spans()).toEqual([]);
    expect(stranger.received).toEqual([]);
  });
});

describe('a request to Drop', () => {
  function start() {
    const { traces, spans, named } = startTraces();
    const app = new OpenAPIHono<HttpEnvironment>();
    app.onError((_error, c) => c.text('', 500));
    app.use(traceRequests(traces));
    app.use('/api/*', async (_c, next) => next());
    app.get('/api/payments/:id', (c) => c.text(traces.current() ?? ''));
    app.get('/api/broken', () => {
      throw new DropError('internal_error', { message: 'canary' });
    });
    app.get('*', (c) => c.text('page'));
    return { app, spans, named };
  }

  test('continues the browser’s trace, named by its route', async () => {
    const { app, named } = start();
    const response = await app.request('/api/payments/7', { headers: { traceparent: incoming } });
    const span = named('GET /api/payments/:id');
    expect(traceOf(span)).toBe(traceId);
    expect(await response.text()).toBe(`00-${traceId}-${idOf(span)}-01`);
    expect(span.attributes).toMatchObject({
      'http.route': '/api/payments/:id',
      'http.response.status_code': 200,
    });
  });

  test.each([
    undefined,
    '',
    'nonsense',
    `01-${traceId}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `${incoming}\u0000`.slice(0, -1) + 'x',
  ])('with traceparent %j starts a new trace', async (traceparent) => {
    const { app, named } = start();
    await app.request('/api/payments/7', { headers: traceparent === undefined ? {} : { traceparent } });
    const span = named('GET /api/payments/:id');
    expect(span.parentSpanContext).toBeUndefined();
    expect(traceOf(span)).not.toBe(traceId);
  });

  test('that fails is marked by its status', async () => {
    const { app, named } = start();
    await app.request('/api/broken');
    expect(named('GET /api/broken').attributes['error.type']).toBe('500');
  });

  test('records nothing of its path, query, headers and error messages', async () => {
    const { app, spans } = start();
    const headers = { cookie: 'drop-session=canary', authorization: 'Bearer canary' };
    await app.request('/api/payments/canary?code=canary&state=canary', { headers });
    await app.request('/canary', { headers });
    await app.request('/api/broken?canary', { headers });
    expect(spans()).toHaveLength(3);
    expect(inspect(spans(), { depth: 20 })).not.toContain('canary');
  });
});

test('an unexpected error marks its span without the error’s message', async () => {
  const { traces, spans } = startTraces();
  const failing = traces.run({ name: 'job', kind: 'internal' }, async () => {
    throw new TypeError('canary');
  });
  await expect(failing).rejects.toThrow('canary');
  expect(spans()[0]?.attributes).toEqual({ 'error.type': 'internal_error' });
  expect(inspect(spans(), { depth: 20 })).not.toContain('canary');
});
