import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { Breaker, failuresBeforeOpening, openMs, type BreakerState, type Verdict } from './breaker.ts';

const fiveParties = ['Ada', 'Bo', 'Cato', 'Dina', 'Eli'];

const partiesOf = (party: string | undefined): string[] => (party === undefined ? [] : [party]);

function closed() {
  const clock = new ManualClock();
  const changes: BreakerState[] = [];
  const breaker = new Breaker(clock, (state) => changes.push(state));
  const pass = (verdict: Verdict, party?: string): void =>
    breaker.leave(breaker.enter(), verdict, partiesOf(party));
  return { clock, breaker, changes, pass };
}

/** Ready for a probe by any party: five parties have failed, and 30 s have passed. */
function opened() {
  const made = closed();
  for (const party of fiveParties) made.pass('failure', party);
  made.changes.length = 0;
  made.clock.advance(openMs);
  return made;
}

describe('a failure that may concern one party only', () => {
  test('counts once for the party, however often it occurs', () => {
    const { breaker, pass } = closed();
    for (let time = 0; time < 20; time += 1)
      for (const party of ['Ada', 'Bo', 'Cato', 'Dina']) pass('failure', party);
    expect(breaker.state).toBe('closed');
    pass('failure', 'Eli');
    expect(breaker.state).toBe('open');
  });

  test('counts beside failures without parties', () => {
    const { breaker, pass } = closed();
    for (const party of ['Ada', undefined, 'Ada', undefined, 'Bo', 'Bo']) pass('failure', party);
    expect(breaker.state).toBe('closed');
    pass('failure');
    expect(breaker.state).toBe('open');
  });

  test('of two parties counts if neither has a counted failure, alone or with another party', () => {
    const { breaker } = closed();
    const fail = (...parties: string[]): void => breaker.leave(breaker.enter(), 'failure', parties);
    for (const bank of ['DNB', 'Nordea', 'Sbanken', 'Cultura', 'Handelsbanken']) fail(bank, 'Ada');
    for (const customer of fiveParties) fail('DNB', customer);
    expect(breaker.state).toBe('closed');
    fail('Nordea', 'Bo');
    fail('Sbanken', 'Cato');
    fail('Cultura', 'Dina');
    expect(breaker.state).toBe('closed');
    fail('Handelsbanken', 'Eli');
    expect(breaker.state).toBe('open');
  });

  test('is forgotten when there is a success', () => {
    const { breaker, pass } = closed();
    for (let time = 0; time < 3; time += 1) {
      for (const party of ['Ada', 'Bo', 'Cato', 'Dina']) pass('failure', party);
      pass('success', 'Ada');
    }
    expect(breaker.state).toBe('closed');
  });
});

test('a closed breaker opens if and only if five failures counted since the last success', () => {
  const step = record({
    verdict: constantFrom<Verdict[]>('failure', 'failure', 'failure', 'failure', 'success', 'neither'),
    party: constantFrom(...fiveParties, 'Frida', undefined),
  });
  assert(
    property(array(step, { maxLength: 40 }), (steps) => {
      const { breaker, pass } = closed();
      const parties = new Set<string>();
      let ofNobody = 0;
      for (const { verdict, party } of steps) {
        pass(verdict, party);
        if (verdict === 'success') {
          parties.clear();
          ofNobody = 0;
        } else if (verdict === 'failure') {
          if (party === undefined) ofNobody += 1;
          else parties.add(party);
        }
        const isOpen = parties.size + ofNobody >= failuresBeforeOpening;
        expect(breaker.state).toBe(isOpen ? 'open' : 'closed');
        if (isOpen) return;
      }
    }),
  );
});

describe('a probe that fails', () => {
  test('for a party with a counted failure makes this party wait, and the next other party probes at once', () => {
    const { breaker, changes, pass } = opened();
    pass('failure', 'Ada');
    expect(breaker.waitMs(['Ada'])).toBe(openMs);
    for (const party of ['Bo', 'Frida', undefined]) expect(breaker.waitMs(partiesOf(party))).toBe(0);
    pass('success', 'Frida');
    expect(breaker.state).toBe('closed');
    expect(breaker.waitMs(['Ada'])).toBe(0);
    expect(changes).toEqual(['half_open', 'half_open', 'closed']);
  });

  test.each([
    ['a party that has not counted', 'Frida'],
    ['no party', undefined],
  ])('for %s makes all parties wait', (_, party) => {
    const { breaker, changes, pass } = opened();
    pass('failure', party);
    for (const other of ['Ada', 'Gro', undefined]) expect(breaker.waitMs(partiesOf(other))).toBe(openMs);
    expect(changes).toEqual(['half_open', 'open']);
  });

  test('makes every party of the counted failure wait', () => {
    const { breaker, clock } = closed();
    const fail = (...parties: string[]): void => breaker.leave(breaker.enter(), 'failure', parties);
    for (const customer of fiveParties) fail(`bank of ${customer}`, customer);
    clock.advance(openMs);
    fail('bank of Ada', 'Frida');
    for (const parties of [
      ['bank of Ada', 'Gro'],
      ['bank of Bo', 'Ada'],
    ])
      expect(breaker.waitMs(parties)).toBe(openMs);
    expect(breaker.waitMs(['bank of Bo', 'Frida'])).toBe(0);
  });

  test('makes all parties wait once for a party, but not a second time', () => {
    const { breaker, clock, pass } = opened();
    pass('failure', 'Frida');
    clock.advance(openMs);
    pass('failure', 'Frida');
    expect(breaker.waitMs(['Gro'])).toBe(0);
  });

  test('also says nothing new when another process opened the breaker meanwhile', () => {
    const { breaker, clock, pass } = closed();
    for (const party of ['Ada', 'Bo']) pass('failure', party);
    breaker.openFor(openMs);
    clock.advance(openMs);
    pass('failure', 'Ada');
    expect(breaker.waitMs(['Bo'])).toBe(0);
    expect(breaker.waitMs(['Ada'])).toBe(openMs);
  });

  test('is ignored once another process reports that the provider answers', () => {
    const { breaker, pass } = opened();
    breaker.close();
    for (const party of fiveParties.slice(1)) pass('failure', party);
    expect(breaker.state).toBe('closed');
    pass('failure', 'Ada');
    expect(breaker.state).toBe('open');
  });
});

test('one party delays the others by at most another 30 s', () => {
  const step = record({ afterMs: integer({ min: 0, max: 40_000 }), party: constantFrom('Ada', 'Frida') });
  assert(
    property(array(step, { maxLength: 40 }), constantFrom('Ada', 'Frida'), (steps, party) => {
      const { breaker, clock, changes, pass } = opened();
      for (const { afterMs } of steps) {
        clock.advance(afterMs);
        if (breaker.waitMs(partiesOf(party)) === 0) pass('failure', party);
      }
      expect(changes.filter((state) => state === 'open').length).toBeLessThanOrEqual(1);
    }),
  );
});

test('a provider that is down is probed six times in 30 s at most, however many parties ask', () => {
  const step = record({
    afterMs: constantFrom(...Array<number>(20).fill(0), 10_000, 30_000),
    party: constantFrom(...fiveParties, 'Frida', 'Gro', 'Hege'),
  });
  assert(
    property(array(step, { maxLength: 200, size: 'max' }), (steps) => {
      const { breaker, clock, pass } = opened();
      const probes: number[] = [];
      for (const { afterMs, party } of steps) {
        clock.advance(afterMs);
        if (breaker.waitMs(partiesOf(party)) > 0) continue;
        probes.push(clock.now().getTime());
        pass('failure', party);
      }
      const tooSoon = probes.filter(
        (at, index) => (probes[index + 6] ?? Number.POSITIVE_INFINITY) - at < openMs,
      );
      expect(tooSoon).toEqual([]);
    }),
  );
});
