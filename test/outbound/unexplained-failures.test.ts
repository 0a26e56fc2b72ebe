import { describe, expect, test } from 'vitest';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import { judgeJson } from '#outbound/judge.ts';
import type { OutboundOptions } from '#outbound/outbound.ts';
import {
  answer,
  ask,
  breakersOf,
  fiveCustomers,
  guard,
  ObligingClock,
  noAnswer,
  startProvider,
  times,
  type Behaviour,
  type Guarded,
} from './guarded.ts';

const fiveBanks = ['DNB', 'Nordea', 'Sbanken', 'Handelsbanken', 'Cultura'];

const atDnb = { repeatable: false, scope: 'DNB', judge: judgeJson } as const;
const timeoutMs = 100;
const connections = 8;

/**
 * A provider with open connections: a request over them is certainly sent before the time is up, even on a busy
 * machine. Pauses take no time.
 */
async function stand(behaviours: readonly Behaviour[], options: Partial<OutboundOptions> = {}) {
  const provider = await startProvider(...times(connections, answer(200)), ...behaviours);
  const guarded = guard(provider.origin, new ObligingClock(), options);
  await Promise.all(times(connections, { repeatable: false }).map((call) => guarded.send(call)));
  return { provider, ...guarded };
}

/** Failures whose cause is unknown: the provider, the bank or the request. */
describe.each([
  ['a missing answer', noAnswer],
  ['504', answer(504)],
  ['a 500 that names an error', answer(500, {}, '{"error":"SOMETHING_WENT_WRONG"}')],
  ['a 200 that names an error', answer(200, {}, '{"error":"SOMETHING_WENT_WRONG"}')],
])('%s', (_, behaviour) => {
  /** Concurrently, because each missing answer takes the whole timeout. */
  async function askAtOnce(guarded: Guarded, askers: readonly (readonly [string, string | undefined])[]) {
    const calls = askers.map(([customer, scope]) => {
      const call = { repeatable: false, judge: judgeJson, timeoutMs, ...(scope !== undefined && { scope }) };
      return ask(guarded, customer, call);
    });
    await Promise.all(calls);
    return breakersOf(guarded);
  }

  test('at one bank, for five customers, opens the breaker of this bank and no other', async () => {
    const guarded = await stand([...times(7, behaviour), answer(200)]);
    const askers = [...fiveCustomers, 'Ada', 'Bo'].map((customer) => [customer, 'DNB'] as const);
    expect(await askAtOnce(guarded, askers)).toEqual({ breaker: 'closed', scopes: { DNB: 'open' } });
    expect((await guarded.send({ ...atDnb, scope: 'Nordea' })).status).toBe(200);
  });

  test('at one bank, for one customer, opens no breaker', async () => {
    const askers = times(7, ['Ada', 'DNB'] as const);
    expect(await askAtOnce(await stand([behaviour]), askers)).toEqual({
      breaker: 'closed',
      scopes: {},
    });
  });

  const atFiveBanks = fiveBanks.map((bank, index) => [fiveCustomers[index] ?? '', bank] as const);

  test('at five banks, for five customers, opens the provider’s breaker', async () => {
    const breakers = await askAtOnce(await stand([behaviour]), atFiveBanks);
    expect(breakers).toEqual({ breaker: 'open', scopes: {} });
  });

  test('at five banks, for one customer, opens no breaker', async () => {
    const breakers = await askAtOnce(
      await stand([behaviour]),
      fiveBanks.map((bank) => ['Ada', bank] as const),
    );
    expect(breakers).toEqual({ breaker: 'closed', scopes: {} });
  });

  test('at five banks does not open the provider’s breaker when there was an answer in between', async () => {
    const guarded = await stand([...times(4, behaviour), answer(404), ...times(3, behaviour)]);
    await askAtOnce(guarded, atFiveBanks.slice(1));
    await ask(guarded, 'Ada', atDnb);
    const breakers = await askAtOnce(guarded, atFiveBanks.slice(0, 3));
    expect(breakers).toEqual({ breaker: 'closed', scopes: {} });
  });

  test('without a bank opens the provider’s breaker after five customers, but not after one', async () => {
    const one = times(7, ['Ada', undefined] as const);
    expect((await askAtOnce(await stand([behaviour]), one)).breaker).toBe('closed');
    const five = fiveCustomers.map((customer) => [customer, undefined] as const);
    expect((await askAtOnce(await stand([behaviour]), five)).breaker).toBe('open');
  });
});

test('a bank that hangs does not affect the other banks', async () => {
  const hanging: Behaviour = (request, response) => {
    if (request.url !== '/DNB') answer(200)(request, response);
  };
  const guarded = await stand([hanging], { limits: { concurrentMax: connections, queueMax: 8 } });
  const { origin } = guarded.provider;
  const callOf = (scope: string) => ({ ...atDnb, scope, url: `${origin}/${scope}`, timeoutMs: 1_000 });
  const inVain = [...fiveCustomers, 'Frida'].map((customer) => ask(guarded, customer, callOf('DNB')));
  expect(guarded.outbound.snapshot()).toMatchObject({ fullScopes: ['DNB'], waiting: 2 });
  for (const bank of fiveBanks.slice(1))
    expect((await onBehalfOf('Gro', () => guarded.send(callOf(bank)))).status).toBe(200);
  // The calls that waited for a place spent most of their time waiting.
  guarded.clock.advance(900);
  await Promise.all(inVain);
  expect(guarded.outbound.snapshot()).toMatchObject({ breaker: 'closed', active: 0, waiting: 0 });
  expect((await onBehalfOf('Ada', () => guarded.send(callOf('Nordea')))).status).toBe(200);
});

describe('a missing answer counts against no breaker, for any customer,', () => {
  test('when the work left the call too little time', async () => {
    const guarded = await stand([noAnswer]);
    const calls = fiveCustomers.map((customer) =>
      withDeadline(timeoutMs, guarded.clock, () => ask(guarded, customer, atDnb)),
    );
    await Promise.all(calls);
    expect(breakersOf(guarded)).toEqual({ breaker: 'closed', scopes: {} });
  });

  test('when waiting for a place left the call too little time', async () => {
    const guarded = await stand([noAnswer], { limits: { concurrentMax: 5, queueMax: 5 } });
    const call = { repeatable: false, timeoutMs: 600 };
    const before = fiveCustomers.map((customer) =>
      withDeadline(300, guarded.clock, () => ask(guarded, `${customer} before`, call)),
    );
    const waiting = fiveCustomers.map((customer) => ask(guarded, customer, call));
    expect(guarded.outbound.snapshot()).toMatchObject({ active: 5, waiting: 5 });
    guarded.clock.advance(310);
    await Promise.all([...before, ...waiting]);
    expect(guarded.outbound.breakerState).toBe('closed');
  });
});
