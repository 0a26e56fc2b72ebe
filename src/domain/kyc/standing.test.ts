import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KycVerdict } from './verdict.ts';
import { presenceAfter, presences, withPastTime, withPresence, type PresenceKnown } from './standing.ts';

const approved: KycVerdict = { status: 'approved', canRetry: false, labels: [], customerComment: undefined };
const refused: KycVerdict = { ...approved, status: 'rejected', labels: ['FORGERY'] };
const unheard: PresenceKnown = { presence: 'present', at: undefined };
const at = (minute: number): Date => new Date(Date.UTC(2026, 1, 23, 14, minute));

const events = fc.record({
  presence: fc.constantFrom(...presences),
  at: fc.integer({ min: 0, max: 20 }).map(at),
});

test('events in any order, with any repetitions, lead to the same presence', () => {
  const heard = fc
    .array(events)
    .chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
    );
  fc.assert(
    fc.property(heard, ([list, shuffled]) => {
      const one = list.reduce(presenceAfter, unheard).presence;
      expect(shuffled.reduce(presenceAfter, unheard).presence).toBe(one);
    }),
  );
});

test('a deletion is final', () => {
  const deleted: PresenceKnown = { presence: 'deleted', at: at(1) };
  expect(presenceAfter(deleted, { presence: 'present', at: at(2) })).toBe(deleted);
});

test('a deletion counts even if it arrives late', () => {
  const active: PresenceKnown = { presence: 'present', at: at(2) };
  expect(presenceAfter(active, { presence: 'deleted', at: at(1) }).presence).toBe('deleted');
});

test('an activation without a time has no effect', () => {
  const off: PresenceKnown = { presence: 'deactivated', at: at(1) };
  expect(presenceAfter(off, unheard)).toBe(off);
});

test('an event from the future outdoes none that comes after it', () => {
  const now = at(5);
  const ahead: PresenceKnown = { presence: 'present', at: new Date(now.getTime() + 300_001) };
  const known = presenceAfter(unheard, withPastTime(ahead, now));
  expect(presenceAfter(known, { presence: 'deactivated', at: at(6) }).presence).toBe('deactivated');
});

test('an event by a clock that is a little fast keeps its time', () => {
  const event: PresenceKnown = { presence: 'present', at: at(10) };
  expect(withPastTime(event, at(5))).toEqual(event);
});

test('only a present applicant is approved', () => {
  for (const presence of presences)
    expect(withPresence(approved, presence, approved).status === 'approved').toBe(presence === 'present');
});

test('a deletion does not change a final refusal', () => {
  expect(withPresence(approved, 'deleted', refused)).toBe(refused);
});
