import { describe, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import { answer, guard, ObligingClock, noAnswer, startProvider, type Behaviour } from './guarded.ts';
import { SocketClock } from '../support/socket-clock.ts';

const once = { repeatable: false };

/** Answers a request on demand. */
function held(): { behaviour: Behaviour; release: () => void; arrived: (count: number) => Promise<void> } {
  const waiting: (() => void)[] = [];
  let told: () => void = () => undefined;
  return {
    behaviour: (_request, response) => {
      waiting.push(() => response.end('{}'));
      told();
    },
    release: () => waiting.shift()?.(),
    async arrived(count) {
      while (waiting.length < count) await new Promise<void>((resolve) => (told = resolve));
    },
  };
}

describe('the limit of concurrent calls', () => {
  const limits = { concurrentMax: 2, queueMax: 3 };

  test('makes further calls wait, first come, first served', async () => {
    const { behaviour, release, arrived } = held();
    const provider = await startProvider(behaviour);
    const one = { limits: { concurrentMax: 1, queueMax: 3 } };
    const { send, outbound } = guard(provider.origin, new SocketClock(), one);
    const calls = [1, 2, 3, 4].map((number) => send({ ...once, url: `${provider.origin}/${number}` }));
    await arrived(1);
    expect(outbound.snapshot()).toMatchObject({ active: 1, waiting: 3 });
    for (const call of calls) {
      await arrived(1);
      release();
      await call;
    }
    expect(provider.received.map(({ url }) => url)).toEqual(['/1', '/2', '/3', '/4']);
    expect(outbound.snapshot()).toMatchObject({ active: 0, waiting: 0 });
  });

  test('refuses a call at once when the queue is full, and the call is neither sent nor repeated', async () => {
    const { behaviour, release, arrived } = held();
    const provider = await startProvider(behaviour);
    const { send, fail, attempts } = guard(provider.origin, new SocketClock(), { limits });
    const calls = [1, 2, 3, 4, 5].map(() => send(once));
    await arrived(2);
    expect(await fail({ repeatable: true })).toMatchObject({
      code: 'provider_unavailable',
      details: { outcome: 'not_sent', retryAfterMs: 1_000 },
    });
    expect(attempts).toMatchObject([{ attempt: 1, refusedBy: 'limiter' }]);
    for (let number = 0; number < 5; number += 1) {
      await arrived(1);
      release();
    }
    await Promise.all(calls);
  });

  test('counts waiting against the deadline, and a call that times out in the queue was not sent', async () => {
    const { behaviour, release, arrived } = held();
    const provider = await startProvider(behaviour);
    const { send, fail, outbound } = guard(provider.origin, new SocketClock(), { limits });
    const calls = [send(once), send(once)];
    await arrived(2);
    expect(await fail({ ...once, timeoutMs: 30 })).toMatchObject({
      code: 'provider_timeout',
      details: { outcome: 'not_sent' },
    });
    expect(outbound.snapshot().waiting).toBe(0);
    release();
    release();
    await Promise.all(calls);
    expect(provider.received).toHaveLength(2);
  });

  test('does not affect the breaker when it is reached', async () => {
    const { behaviour, release, arrived } = held();
    const provider = await startProvider(behaviour);
    const { send, fail, outbound } = guard(provider.origin, new SocketClock(), {
      limits: { concurrentMax: 1, queueMax: 0 },
    });
    const call = send(once);
    await arrived(1);
    for (let number = 0; number < 10; number += 1) await fail(once);
    expect(outbound.breakerState).toBe('closed');
    release();
    await call;
  });
});

/** Answers each path on demand. */
function heldByPath() {
  const waiting = new Map<string, (() => void)[]>();
  let told: () => void = () => undefined;
  const behaviour: Behaviour = (request, response) => {
    const path = request.url ?? '';
    waiting.set(path, [...(waiting.get(path) ?? []), () => response.end('{}')]);
    told();
  };
  return {
    behaviour,
    async release(path: string): Promise<void> {
      while ((waiting.get(path) ?? []).length === 0) await new Promise<void>((resolve) => (told = resolve));
      waiting.get(path)?.shift()?.();
    },
  };
}

describe('a part of a provider that does not answer', () => {
  async function stand(limits: { concurrentMax: number; queueMax: number }) {
    const { behaviour, release } = heldByPath();
    const provider = await startProvider(behaviour);
    const guarded = guard(provider.origin, new SocketClock(), { limits });
    const callOf = (scope: string) => ({ ...once, scope, url: `${provider.origin}/${scope}` });
    const ask = (scope: string) => guarded.send(callOf(scope));
    return { ...guarded, provider, release, ask, callOf };
  }

  test('takes half of the places, and other parts are still called', async () => {
    const { ask, send, release, outbound, provider } = await stand({ concurrentMax: 4, queueMax: 4 });
    const hanging = [ask('DNB'), ask('DNB'), ask('DNB')];
    expect(outbound.snapshot()).toMatchObject({ active: 2, waiting: 1, fullScopes: ['DNB'] });
    const others = [ask('Nordea'), send({ ...once, url: `${provider.origin}/none` })];
    for (const path of ['/Nordea', '/none']) await release(path);
    for (const other of others) expect((await other).status).toBe(200);
    for (const path of ['/DNB', '/DNB', '/DNB']) await release(path);
    await Promise.all(hanging);
    expect(outbound.snapshot()).toMatchObject({ active: 0, waiting: 0, fullScopes: [] });
  });

  test('takes half of the queue, and other parts may still wait', async () => {
    const { ask, fail, callOf, release, outbound } = await stand({ concurrentMax: 2, queueMax: 2 });
    const calls = [ask('DNB'), ask('DNB'), ask('Nordea')];
    expect(await fail(callOf('DNB'))).toMatchObject({
      code: 'provider_unavailable',
      message: '1 calls are already waiting for DNB at test',
      details: { outcome: 'not_sent', retryAfterMs: 1_000 },
    });
    calls.push(ask('Sbanken'));
    expect(outbound.snapshot()).toMatchObject({ active: 2, waiting: 2 });
    expect((await fail(callOf('Handelsbanken'))).message).toBe('2 calls are already waiting for test');
    for (const path of ['/DNB', '/DNB', '/Nordea', '/Sbanken']) await release(path);
    await Promise.all(calls);
  });

  test('does not block the calls behind it in the queue, and continues when its own place is free', async () => {
    const { ask, release, outbound, provider } = await stand({ concurrentMax: 2, queueMax: 4 });
    const [first, second] = [ask('DNB'), ask('DNB')];
    const [third, fourth] = [ask('Nordea'), ask('Nordea')];
    await release('/Nordea');
    await third;
    await release('/Nordea');
    await fourth;
    expect(outbound.snapshot()).toMatchObject({ active: 1, waiting: 1 });
    await release('/DNB');
    await first;
    await release('/DNB');
    await second;
    expect(provider.received.map(({ url }) => url).slice(2)).toEqual(['/Nordea', '/DNB']);
  });

  test('frees the queue place of a call that timed out', async () => {
    const { ask, fail, callOf, release } = await stand({ concurrentMax: 2, queueMax: 2 });
    const first = ask('DNB');
    expect((await fail({ ...callOf('DNB'), timeoutMs: 20 })).code).toBe('provider_timeout');
    const second = ask('DNB');
    await release('/DNB');
    await release('/DNB');
    expect((await Promise.all([first, second])).map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe('a customer whose calls are not answered', () => {
  async function stand() {
    const { behaviour, release } = heldByPath();
    const provider = await startProvider(behaviour);
    const limits = { concurrentMax: 8, queueMax: 8 };
    const guarded = guard(provider.origin, new SocketClock(), { limits });
    const callOf = (customer: string) => ({ ...once, url: `${provider.origin}/${customer}` });
    const askFor = (customer: string) => onBehalfOf(customer, () => guarded.send(callOf(customer)));
    const calls = [askFor('Ada'), askFor('Ada')];
    const refused = () => onBehalfOf('Ada', () => guarded.fail(callOf('Ada')));
    return { ...guarded, release, askFor, calls, refused };
  }

  test('is refused an eighth of the queue later, as too many calls of theirs, which were not sent', async () => {
    const { refused, attempts, release, calls } = await stand();
    expect(await refused()).toMatchObject({
      code: 'rate_limited',
      status: 429,
      message: '1 calls of this customer are already waiting for test',
      details: { outcome: 'not_sent', retryAfterMs: 1_000 },
    });
    expect(attempts).toMatchObject([{ attempt: 1, refusedBy: 'limiter' }]);
    for (const path of ['/Ada', '/Ada']) await release(path);
    await Promise.all(calls);
  });

  test('affects no breaker by being refused', async () => {
    const { refused, outbound, release, calls } = await stand();
    for (let call = 0; call < 10; call += 1) await refused();
    expect(outbound.breakerState).toBe('closed');
    for (const path of ['/Ada', '/Ada']) await release(path);
    await Promise.all(calls);
  });

  test('leaves places to the others, whose calls are sent at once', async () => {
    const { askFor, outbound, release, calls } = await stand();
    const others = ['Bo', 'Cato'].map(askFor);
    expect(outbound.snapshot()).toMatchObject({ active: 3, waiting: 1 });
    for (const path of ['/Bo', '/Cato']) await release(path);
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200]);
    for (const path of ['/Ada', '/Ada']) await release(path);
    await Promise.all(calls);
  });
});

describe('the retry budget', () => {
  test('returns failures after the first attempt once it is spent', async () => {
    const provider = await startProvider(answer(429, { 'retry-after': '0' }));
    // Retry-After is 0, so no time passes: the budget starts with two, and every call earns a tenth.
    const { send, attempts } = guard(provider.origin, new ObligingClock());
    for (let call = 0; call < 20; call += 1) await send();
    expect(attempts.filter(({ attempt }) => attempt > 1)).toHaveLength(4);
    expect(provider.received).toHaveLength(24);
  });
});

describe('the clock that a guard is given', () => {
  test('decides when a call is too late, and how long it took', async () => {
    const clock = new ManualClock();
    const provider = await startProvider(() => clock.advance(3_600_000));
    const { fail, attempts } = guard(provider.origin, clock);
    const error = await fail({ ...once, timeoutMs: 3_600_000 });
    expect(error.message).toBe('test.act: no answer within 3600000 ms');
    expect(attempts).toMatchObject([{ durationMs: 3_600_000 }]);
  });
});

describe('the deadline of the work that causes a call', () => {
  test('applies when it is the earlier one', async () => {
    const provider = await startProvider(noAnswer);
    const { fail, clock } = guard(provider.origin, new ObligingClock());
    const error = await withDeadline(300, clock, () => fail({ timeoutMs: 60_000 }));
    expect(error.message).toBe('test.act: no answer within 300 ms');
    expect(error.details.outcome).toBe('unknown');
  });

  test('does not lengthen the time of a call', async () => {
    const provider = await startProvider(noAnswer);
    const { fail, clock } = guard(provider.origin, new ObligingClock());
    const error = await withDeadline(60_000, clock, () => fail({ timeoutMs: 300 }));
    expect(error.message).toBe('test.act: no answer within 300 ms');
  });

  test('nested in another cannot be later than the outer one', async () => {
    const provider = await startProvider(noAnswer);
    const { fail, clock } = guard(provider.origin, new ObligingClock());
    const nested = withDeadline(300, clock, () => withDeadline(60_000, clock, () => fail()));
    expect((await nested).message).toBe('test.act: no answer within 300 ms');
  });

  test('that has passed prevents every call', async () => {
    const provider = await startProvider(answer(200));
    const { fail, clock, attempts } = guard(provider.origin, new SocketClock());
    const error = await withDeadline(1_000, clock, async () => {
      clock.advance(1_000);
      return fail();
    });
    expect(error).toMatchObject({ code: 'provider_timeout', details: { outcome: 'not_sent' } });
    expect(attempts).toMatchObject([{ refusedBy: 'deadline' }]);
    expect(provider.received).toHaveLength(0);
  });

  test('that cuts a call short does not affect the breaker', async () => {
    const provider = await startProvider(noAnswer);
    const { fail, clock, outbound } = guard(provider.origin, new SocketClock());
    for (let call = 0; call < 6; call += 1) await withDeadline(10, clock, () => fail(once));
    expect(outbound.breakerState).toBe('closed');
    for (let call = 0; call < 5; call += 1) await fail({ ...once, timeoutMs: 10 });
    expect(outbound.breakerState).toBe('open');
  });

  test('does not apply to a call that outlives its cause', async () => {
    const provider = await startProvider(answer(200));
    const { send, clock } = guard(provider.origin, new SocketClock());
    const response = await withDeadline(1_000, clock, async () => {
      clock.advance(1_000);
      return send({ ...once, outlivesItsCause: true });
    });
    expect(response.status).toBe(200);
  });

  test('does not apply to work that it did not cause', async () => {
    const provider = await startProvider(answer(200));
    const { send, clock } = guard(provider.origin, new SocketClock());
    await withDeadline(1, clock, async () => undefined);
    clock.advance(1_000);
    expect((await send(once)).status).toBe(200);
  });
});
