import { Agent } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import { judgeJson, type Judgement } from '#outbound/judge.ts';
import type { OutboundCall, RawResponse } from '#outbound/outbound.ts';
import {
  answer,
  ask,
  breakersOf,
  fiveCustomers,
  guard,
  nobody,
  ObligingClock,
  reset,
  startProvider,
  times,
  type Behaviour,
  type Guarded,
} from './guarded.ts';

/** An aggregator's error: a bank's failure, or its own. */
function judge(response: RawResponse): Judgement {
  const judged = judgeJson(response);
  return judged.providerCode === 'ASPSP_ERROR' ? { ...judged, failure: 'scope' } : judged;
}

const bankFails = answer(400, {}, '{"error":"ASPSP_ERROR"}');
const atDnb = { repeatable: false, scope: 'DNB', judge } as const;
const atNoBank = { repeatable: false, judge } as const;
/** One after the other, so that each call is judged before the next one starts. */
async function askInTurn(guarded: Guarded, customers: readonly string[], call: Partial<OutboundCall>) {
  for (const customer of customers) await ask(guarded, customer, call);
}

async function stand(...behaviours: Behaviour[]) {
  const provider = await startProvider(...behaviours);
  return { provider, ...guard(provider.origin, new ManualClock()) };
}

describe('a bank that fails', () => {
  test('for one customer is still called, for the others and for this one', async () => {
    const guarded = await stand(...times(20, bankFails), answer(200));
    await askInTurn(guarded, times(20, 'Ada'), atDnb);
    expect(breakersOf(guarded)).toEqual({ breaker: 'closed', scopes: {} });
    for (const customer of ['Bo', 'Ada'])
      expect((await onBehalfOf(customer, () => guarded.send(atDnb))).status).toBe(200);
  });

  test('for five customers in a row is no longer called', async () => {
    const guarded = await stand(bankFails);
    await askInTurn(
      guarded,
      fiveCustomers.slice(1).flatMap((customer) => [customer, customer]),
      atDnb,
    );
    expect(guarded.outbound.snapshot().scopes).toEqual({});
    await ask(guarded, 'Ada', atDnb);
    expect(breakersOf(guarded)).toEqual({ breaker: 'closed', scopes: { DNB: 'open' } });
  });

  test('for five customers is still called when there was an answer in between', async () => {
    const guarded = await stand(...times(4, bankFails), answer(200), ...times(4, bankFails));
    await askInTurn(guarded, [...fiveCustomers, ...fiveCustomers.slice(1)], atDnb);
    expect(guarded.outbound.snapshot().scopes).toEqual({});
  });

  test('counts each time when no customer is named', async () => {
    const guarded = await stand(bankFails);
    await ask(guarded, 'Ada', atDnb);
    for (let call = 0; call < 3; call += 1) await guarded.send(atDnb);
    expect(guarded.outbound.snapshot().scopes).toEqual({});
    await guarded.send({ ...atDnb, outlivesItsCause: true });
    expect(guarded.outbound.snapshot().scopes).toEqual({ DNB: 'open' });
  });

  test('counts once for a customer even if the call outlives the work that caused it', async () => {
    const guarded = await stand(bankFails);
    await askInTurn(guarded, times(5, 'Ada'), { ...atDnb, outlivesItsCause: true });
    expect(guarded.outbound.snapshot().scopes).toEqual({});
  });

  test('is probed for a customer whose calls fail, and then immediately for the next customer', async () => {
    const guarded = await stand(...times(6, bankFails), answer(200));
    await askInTurn(guarded, fiveCustomers, atDnb);
    guarded.clock.advance(30_000);
    await ask(guarded, 'Ada', atDnb);
    const refused = await onBehalfOf('Ada', () => guarded.fail(atDnb));
    expect(refused).toMatchObject({ details: { outcome: 'not_sent', retryAfterMs: 30_000 } });
    expect((await onBehalfOf('Frida', () => guarded.send(atDnb))).status).toBe(200);
    expect(guarded.outbound.snapshot().scopes).toEqual({});
    expect((await onBehalfOf('Ada', () => guarded.send(atDnb))).status).toBe(200);
  });

  test('also for the probe of a sixth customer is not called for another 30 s', async () => {
    const guarded = await stand(bankFails);
    await askInTurn(guarded, fiveCustomers, atDnb);
    guarded.clock.advance(30_000);
    await askInTurn(guarded, ['Frida', ...fiveCustomers, 'Gro'], atDnb);
    expect(guarded.provider.received).toHaveLength(6);
  });
});

describe('a provider that is down', () => {
  test.each([
    ['500', answer(500)],
    ['502', answer(502, {}, '<h1>Bad Gateway</h1>')],
    ['503', answer(503)],
    ['a page where JSON should be', answer(200, { 'content-type': 'text/html' }, '<h1>Hello</h1>')],
    ['a reset connection', reset],
  ])('reports it by %s, and is not called after five failures of one customer', async (_, behaviour) => {
    const guarded = await stand(behaviour);
    await askInTurn(guarded, times(4, 'Ada'), atDnb);
    expect(guarded.outbound.breakerState).toBe('closed');
    await ask(guarded, 'Ada', atNoBank);
    expect(breakersOf(guarded)).toEqual({ breaker: 'open', scopes: {} });
  });

  test('refuses connections, and is not called after five attempts of one customer', async () => {
    const guarded = guard(await nobody(), new ObligingClock());
    await askInTurn(guarded, times(5, 'Ada'), atDnb);
    expect(breakersOf(guarded)).toEqual({ breaker: 'open', scopes: {} });
  });

  describe('to which no connection can be opened', () => {
    /** A name that does not resolve. */
    function unreachable() {
      const dispatcher = new Agent({ connect: { timeout: 50, lookup: () => undefined } });
      onTestFinished(() => dispatcher.destroy());
      return guard('http://localhost:1', new ObligingClock(), { dispatcher });
    }

    async function causes(guarded: Guarded, callMs: number): Promise<Set<string>> {
      const calls = times(5, 'Ada').map((customer) =>
        onBehalfOf(customer, () => guarded.fail({ ...atDnb, timeoutMs: callMs })),
      );
      const failures = await Promise.all(calls);
      return new Set(failures.map(({ message, details }) => `${message}, ${details.outcome}`));
    }

    test('within the time of a call is not called after five attempts of one customer', async () => {
      const guarded = unreachable();
      expect(await causes(guarded, 50)).toEqual(new Set(['test.act: no answer within 50 ms, not_sent']));
      expect(breakersOf(guarded)).toEqual({ breaker: 'open', scopes: {} });
    });

    test('within its own time is not called either, even if the work has little time left', async () => {
      const guarded = unreachable();
      const found = await withDeadline(9_000, guarded.clock, () => causes(guarded, 10_000));
      expect(found).toContain('test.act: UND_ERR_CONNECT_TIMEOUT, not_sent');
      expect(breakersOf(guarded)).toEqual({ breaker: 'open', scopes: {} });
    });
  });
});

test('every call inherits the customer of the work that causes it, also after the work has waited', async () => {
  const guarded = await stand(bankFails);
  await onBehalfOf('Ada', async () => {
    for (let call = 0; call < 6; call += 1) await guarded.send(atDnb);
    await Promise.all(times(6, atDnb).map((call) => guarded.send(call)));
  });
  expect(guarded.outbound.snapshot().scopes).toEqual({});
});
