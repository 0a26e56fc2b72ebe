import { describe, expect, test } from 'vitest';
import type { Judgement } from '#outbound/judge.ts';
import type { RawResponse } from '#outbound/outbound.ts';
import { answer, guard, nobody, ObligingClock, startProvider, type Guarded } from './guarded.ts';
import { SocketClock } from '../support/socket-clock.ts';

/** An aggregator's error: the bank's failure, or its own. */
function judge(response: RawResponse): Judgement {
  const ofTheBank = response.headers.get('x-failure') === 'bank';
  if (ofTheBank) return { failure: 'scope', providerCode: 'BANK_DOWN' };
  return { failure: response.status >= 500 ? 'provider' : undefined };
}

const bankDown = answer(500, { 'x-failure': 'bank' });
const providerDown = answer(500);
const call = (scope: string) => ({ repeatable: false, judge, scope });

async function send({ send: sendOne }: Guarded, scope: string, times: number): Promise<void> {
  for (let number = 0; number < times; number += 1) await sendOne(call(scope)).catch(() => undefined);
}

describe('a part of a provider', () => {
  test('that fails is no longer called, and the others are', async () => {
    const provider = await startProvider(bankDown);
    const guarded = guard(provider.origin, new SocketClock());
    await send(guarded, 'DNB', 5);
    expect(await guarded.fail(call('DNB'))).toMatchObject({
      code: 'provider_unavailable',
      message: 'DNB at test failed 5 times in a row; not asked again yet',
      details: { outcome: 'not_sent', retryAfterMs: 30_000, bank: 'DNB' },
    });
    expect((await guarded.send(call('Nordea'))).status).toBe(500);
    expect(guarded.outbound.snapshot()).toMatchObject({ breaker: 'closed', scopes: { DNB: 'open' } });
    expect(new Set(guarded.attempts.map(({ scope }) => scope))).toEqual(new Set(['DNB', 'Nordea']));
  });

  test('is probed after 30 s, and is available to all when it answers', async () => {
    const provider = await startProvider(...Array.from({ length: 5 }, () => bankDown), answer(200));
    const guarded = guard(provider.origin, new SocketClock());
    await send(guarded, 'DNB', 5);
    guarded.clock.advance(30_000);
    expect((await guarded.send(call('DNB'))).status).toBe(200);
    expect(guarded.outbound.snapshot().scopes).toEqual({});
  });

  test('is not affected by the provider’s own failures', async () => {
    const provider = await startProvider(providerDown);
    const guarded = guard(provider.origin, new SocketClock());
    await send(guarded, 'DNB', 5);
    expect(guarded.outbound.breakerState).toBe('open');
    expect(guarded.outbound.snapshot().scopes).toEqual({});
    expect((await guarded.fail(call('Sbanken'))).message).toMatch(/^test failed 5 times/);
  });

  test.each([
    ['its own', true, { breaker: 'closed', scopes: { DNB: 'open' } }],
    ['the provider’s', false, { breaker: 'open', scopes: {} }],
  ])('with hosts that are %s fails where none of them answers', async (_whose, scopeHasOwnHost, expected) => {
    const guarded = guard(await nobody(), new ObligingClock());
    for (let number = 0; number < 5; number += 1) await guarded.fail({ ...call('DNB'), scopeHasOwnHost });
    expect(guarded.outbound.snapshot()).toMatchObject(expected);
  });

  test('that fails counts as an answer of the provider', async () => {
    const failures = Array.from({ length: 4 }, () => providerDown);
    const provider = await startProvider(...failures, bankDown, ...failures, answer(200));
    const guarded = guard(provider.origin, new SocketClock());
    await send(guarded, 'DNB', 9);
    expect(guarded.outbound.breakerState).toBe('closed');
  });

  test('without a name counts against no part', async () => {
    const provider = await startProvider(bankDown);
    const { send: sendOne, outbound, attempts } = guard(provider.origin, new SocketClock());
    for (let number = 0; number < 8; number += 1) await sendOne({ repeatable: false, judge });
    expect(outbound.breakerState).toBe('closed');
    expect(outbound.snapshot().scopes).toEqual({});
    expect(attempts[0]?.judgement?.providerCode).toBe('BANK_DOWN');
  });
});

test('a 200 that the judge calls a failure opens the breaker', async () => {
  const provider = await startProvider(answer(200, {}, '{"error":"server_error"}'));
  const { send: sendOne, outbound } = guard(provider.origin, new SocketClock());
  for (let number = 0; number < 5; number += 1)
    await sendOne({ repeatable: false, judge: () => ({ failure: 'provider' }) });
  expect(outbound.breakerState).toBe('open');
});
