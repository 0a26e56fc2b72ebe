import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { networksOfSite, SignInLimit } from './sign-in-limit.ts';

const minuteMs = 60_000;

test('customers without a known address share the limit of one address and do not affect others', () => {
  const limit = new SignInLimit(new ManualClock(), { fromOne: 2, fromAll: 100 });
  expect([limit.take(undefined), limit.take(undefined)]).toEqual([undefined, undefined]);
  expect(limit.take(undefined)).toEqual({ limit: 'fromOne', retryAfterMs: minuteMs / 2 });
  expect(limit.take('203.0.113.7')).toBeUndefined();
});

test('all addresses together have a common limit', () => {
  const clock = new ManualClock();
  const limit = new SignInLimit(clock, { fromOne: 2, fromAll: 3 });
  for (const network of ['a', 'b', undefined]) expect(limit.take(network)).toBeUndefined();
  for (const network of ['a', 'c', undefined])
    expect(limit.take(network)).toEqual({ limit: 'fromAll', retryAfterMs: minuteMs / 3 });
  clock.advance(minuteMs / 3);
  expect(limit.take('c')).toBeUndefined();
});

test('a customer refused by the common limit keeps their own allowance', () => {
  const clock = new ManualClock();
  const limit = new SignInLimit(clock, { fromOne: 1, fromAll: 2 });
  limit.take('a');
  limit.take('b');
  expect(limit.take('c')).toMatchObject({ limit: 'fromAll' });
  clock.advance(minuteMs / 2);
  expect(limit.take('c')).toBeUndefined();
});

test('a customer refused by their own limit does not use up the common one', () => {
  const limit = new SignInLimit(new ManualClock(), { fromOne: 1, fromAll: 2 });
  for (let begun = 0; begun < 10; begun += 1) limit.take('a');
  expect(limit.take('b')).toBeUndefined();
});

test('one household with many networks does not block others', () => {
  const limit = new SignInLimit(new ManualClock(), { fromOne: 2, fromAll: 50 });
  const begun = [];
  for (let network = 0; network < 256; network += 1)
    for (let time = 0; time < 2; time += 1)
      begun.push(limit.take(`2001:db8:1:${network.toString(16)}`, '2001:db8:1'));
  expect(begun.filter((refusal) => refusal === undefined)).toHaveLength(2 * networksOfSite);
  expect(begun.at(-1)).toEqual({ limit: 'fromSite', retryAfterMs: minuteMs / (2 * networksOfSite) });
  expect(limit.take('2001:db8:2:0', '2001:db8:2')).toBeUndefined();
  expect(limit.take('203.0.113.7')).toBeUndefined();
});

test('a customer refused by the limit of the site keeps their own allowance', () => {
  const clock = new ManualClock();
  const limit = new SignInLimit(clock, { fromOne: 1, fromAll: 50 });
  for (const network of ['a', 'b', 'c', 'd']) limit.take(network, 'site');
  for (let time = 0; time < 3; time += 1)
    expect(limit.take('e', 'site')).toMatchObject({ limit: 'fromSite' });
  clock.advance(minuteMs / networksOfSite);
  expect(limit.take('e', 'site')).toBeUndefined();
});

test('no span has more starts than the three limits allow', () => {
  const networks = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', undefined);
  const step = fc.record({ network: networks, isOfSite: fc.boolean(), waitMs: fc.nat(20_000) });
  const perMinute = fc.record({
    fromOne: fc.integer({ min: 1, max: 5 }),
    fromAll: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(perMinute, fc.array(step, { maxLength: 100 }), ({ fromOne, fromAll }, steps) => {
      const clock = new ManualClock();
      const limit = new SignInLimit(clock, { fromOne, fromAll });
      const begun: (string | undefined)[] = [];
      let ofSite = 0;
      let minutes = 0;
      for (const { network, isOfSite, waitMs } of steps) {
        clock.advance(waitMs);
        minutes += waitMs / minuteMs;
        const isBegun = limit.take(network, isOfSite ? 'site' : undefined) === undefined;
        if (isBegun) begun.push(network);
        if (isBegun && isOfSite) ofSite += 1;
        const ofThis = begun.filter((each) => each === network).length;
        expect(ofThis).toBeLessThanOrEqual(fromOne * (1 + minutes) + 1e-6);
        expect(ofSite).toBeLessThanOrEqual(networksOfSite * fromOne * (1 + minutes) + 1e-6);
        expect(begun.length).toBeLessThanOrEqual(fromAll * (1 + minutes) + 1e-6);
      }
    }),
  );
});
