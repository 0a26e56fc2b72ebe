import { expect, test } from 'vitest';
import { clocksOf } from './clocks.ts';
import { contradictionIn, incidentOf, type IncidentFacts } from './incident.ts';

const at = new Date('2026-01-31T10:00:00Z');
const hours = (count: number): Date => new Date(at.getTime() + count * 3_600_000);

function incidentWith(...facts: IncidentFacts[]) {
  const first = { title: 'DNB does not answer', startedAt: at, awareAt: at };
  return incidentOf(
    1,
    [first, ...facts].map((each) => ({ at, actorName: 'ida', note: null, facts: each })),
  );
}

const clock = (report: number, now: Date, ...facts: IncidentFacts[]) =>
  clocksOf(incidentWith(...facts), now)[report];

test('until it is classified, the initial report is due 24 hours after awareness', () => {
  expect(clock(0, hours(1))).toMatchObject({ dueAt: hours(24), state: 'due' });
  expect(clock(0, hours(25))).toMatchObject({ state: 'overdue' });
});

test('the initial report is due 4 hours after it is classified as major', () => {
  const classification = { isMajor: true, at: hours(3) };
  expect(clock(0, hours(4), { classification })).toMatchObject({ dueAt: hours(7), state: 'due' });
});

test('a late classification does not move the initial report beyond 24 hours after awareness', () => {
  const classification = { isMajor: true, at: hours(23) };
  expect(clock(0, hours(23), { classification })).toMatchObject({ dueAt: hours(24) });
});

test('an incident that is not major needs no report', () => {
  const classification = { isMajor: false, at: hours(3) };
  const clocks = clocksOf(incidentWith({ classification }), hours(100));
  expect(clocks.map(({ state }) => state)).toEqual(['not needed', 'not needed', 'not needed']);
});

test('the intermediate report is due 72 hours after the initial one was sent', () => {
  expect(clock(1, hours(5))).toMatchObject({ dueAt: null, state: 'not begun' });
  const sent = { reported: { initial: hours(5) } };
  expect(clock(0, hours(6), sent)).toMatchObject({ state: 'reported', reportedAt: hours(5) });
  expect(clock(1, hours(6), sent)).toMatchObject({ dueAt: hours(77), state: 'due' });
});

test('the final report is due a month after the intermediate one, in a shorter month on its last day', () => {
  const sent = [{ reported: { initial: at } }, { reported: { intermediate: at } }];
  expect(clock(2, hours(1), ...sent)).toMatchObject({ dueAt: new Date('2026-02-28T10:00:00Z') });
});

test('a later finding replaces an earlier one, and every report that was sent is kept', () => {
  const incident = incidentWith(
    { rootCause: 'a certificate', reported: { initial: hours(1) } },
    { rootCause: 'a route', reported: { intermediate: hours(2) } },
  );
  expect(incident).toMatchObject({
    rootCause: 'a route',
    reported: { initial: hours(1), intermediate: hours(2) },
  });
});

test.each([
  ['awareness before the beginning', { awareAt: hours(-1) }],
  ['an end before the beginning', { endedAt: hours(-1) }],
  ['a classification before the beginning', { classification: { isMajor: true, at: hours(-1) } }],
])('%s is a contradiction', (_what, facts) => {
  expect(contradictionIn(incidentWith())).toBeUndefined();
  expect(contradictionIn(incidentWith(facts))).toContain('cannot have');
});
