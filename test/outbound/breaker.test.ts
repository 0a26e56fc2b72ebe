import { describe, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import {
  answer,
  guard,
  nobody,
  ObligingClock,
  reset,
  startProvider,
  times,
  type Behaviour,
  type Guarded,
} from './guarded.ts';

const once = { repeatable: false };
const refusal = { code: 'provider_unavailable', details: { outcome: 'not_sent' } };

/** Sends once and ignores the result. */
async function send(guarded: Guarded, times = 1): Promise<void> {
  for (let number = 0; number < times; number += 1) {
    await guarded.send(once).catch(() => undefined);
  }
}

describe('the breaker opens', () => {
  test('after five failures in a row, and then the provider is not called', async () => {
    const provider = await startProvider(reset);
    const guarded = guard(provider.origin, new ManualClock());
    await send(guarded, 4);
    expect(guarded.outbound.breakerState).toBe('closed');
    await send(guarded);
    expect(guarded.outbound.breakerState).toBe('open');
    expect(await guarded.fail(once)).toMatchObject(refusal);
    expect(provider.received).toHaveLength(5);
  });

  test('after five connections that were refused, counted over calls and their repetitions', async () => {
    const guarded = guard(await nobody(), new ObligingClock());
    await guarded.fail();
    expect(guarded.outbound.breakerState).toBe('closed');
    guarded.clock.advance(20_000); // refills the retry budget
    expect((await guarded.fail()).details.retryAfterMs).toBeGreaterThan(0);
    expect(guarded.outbound.breakerState).toBe('open');
  });

  test.each([500, 502, 503, 504])('after five answers of %i', async (status) => {
    const provider = await startProvider(answer(status));
    const guarded = guard(provider.origin, new ManualClock());
    await send(guarded, 5);
    expect(guarded.outbound.breakerState).toBe('open');
  });

  test.each([400, 401, 404, 422, 429, 501])('not after any number of answers of %i', async (status) => {
    const provider = await startProvider(answer(status));
    const guarded = guard(provider.origin, new ManualClock());
    await send(guarded, 20);
    expect(guarded.outbound.breakerState).toBe('closed');
  });

  test('not when there is an answer in between', async () => {
    const provider = await startProvider(...times(4, reset), answer(404), ...times(4, reset), answer(200));
    const guarded = guard(provider.origin, new ManualClock());
    await send(guarded, 9);
    expect(guarded.outbound.breakerState).toBe('closed');
  });
});

describe('an open breaker', () => {
  async function opened(...then: Behaviour[]) {
    const provider = await startProvider(...times(5, reset), ...then);
    const guarded = guard(provider.origin, new ManualClock());
    await send(guarded, 5);
    return { provider, ...guarded };
  }

  test('reports how long it stays open', async () => {
    const { fail, clock } = await opened(answer(200));
    clock.advance(12_000);
    expect((await fail(once)).details.retryAfterMs).toBe(18_000);
  });

  test('lets nothing through before 30 s have passed', async () => {
    const { provider, fail, clock } = await opened(answer(200));
    clock.advance(29_999);
    expect(await fail(once)).toMatchObject(refusal);
    expect(provider.received).toHaveLength(5);
  });

  test('lets one probe through after 30 s, and refuses the others meanwhile', async () => {
    const arrived = Promise.withResolvers<() => void>();
    const { provider, clock, ...guarded } = await opened((_request, response) =>
      arrived.resolve(() => response.end('{}')),
    );
    clock.advance(30_000);
    const probe = guarded.send(once);
    const release = await arrived.promise;
    expect(guarded.outbound.breakerState).toBe('half_open');
    for (let other = 0; other < 10; other += 1) expect(await guarded.fail(once)).toMatchObject(refusal);
    release();
    expect((await probe).status).toBe(200);
    expect(provider.received).toHaveLength(6);
    expect(guarded.outbound.breakerState).toBe('closed');
  });

  test('stays open for another 30 s when the probe fails', async () => {
    const { provider, clock, ...guarded } = await opened(reset, answer(200));
    clock.advance(30_000);
    await guarded.fail(once);
    expect(guarded.outbound.breakerState).toBe('open');
    clock.advance(29_999);
    expect(await guarded.fail(once)).toMatchObject(refusal);
    clock.advance(1);
    expect((await guarded.send(once)).status).toBe(200);
    expect(provider.received).toHaveLength(7);
  });

  test('stays open when the answer to the probe is that the provider is down', async () => {
    const { clock, outbound, ...guarded } = await opened(answer(503));
    clock.advance(30_000);
    expect((await guarded.send(once)).status).toBe(503);
    expect(outbound.breakerState).toBe('open');
  });

  test.each([
    ['a refusal', answer(401)],
    ['a body that is too large', answer(200, {}, 'x'.repeat(11))],
  ])('closes when the probe is answered with %s', async (_case, behaviour) => {
    const { clock, outbound, ...guarded } = await opened(behaviour, answer(200));
    clock.advance(30_000);
    await guarded.send({ ...once, responseBytesMax: 10 }).catch(() => undefined);
    expect(outbound.breakerState).toBe('closed');
  });
});
