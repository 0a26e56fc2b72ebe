import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { dayOrAge, timeOf, timeOrAge, traceIdOf } from './option-values.ts';

const forms =
  'It must be a day (UTC), such as 2026-02-23, or a time with its zone, such as 2026-02-23T14:30:00Z';

test.each([
  ['2026-02-23', '2026-02-23T00:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['2026-02-23T14:30:00+01:00', '2026-02-23T13:30:00.000Z'],
  ['2026-03-01T00:30+01:00', '2026-02-28T23:30:00.000Z'],
])('the time %s is %s', (text, time) => {
  expect(timeOf(text).toISOString()).toBe(time);
});

test.each([
  ['a word', 'spring'],
  ['an age, where an option takes none', '3d'],
  ['a month that there is not', '2026-13-01'],
  ['30 February, which is no 2 March', '2026-02-30'],
  ['a time on 31 April', '2026-04-31T10:00:00Z'],
  ['a time without a zone', '2026-02-23T14:30:00'],
  ['an hour that there is not', '2026-02-23T25:00:00Z'],
])('%s is refused with the forms of a time', (_what, text) => {
  expect(() => timeOf(text)).toThrow(new InvalidArgumentError(`${forms}.`));
});

test('an age counts from now, and what is neither a time nor an age is refused with the forms of both', () => {
  const clock = new ManualClock();
  const read = timeOrAge(clock);
  expect(read('2h').getTime()).toBe(clock.now().getTime() - 7_200_000);
  expect(read('2026-02-23').toISOString()).toBe('2026-02-23T00:00:00.000Z');
  for (const text of ['spring', '2026-02-30', '3w'])
    expect(() => read(text)).toThrow(`${forms}, or an age, such as 15m, 2h or 3d.`);
});

test('a day may be an age, and one that there is not is refused', () => {
  const read = dayOrAge(new ManualClock());
  expect([read('2026-02-20'), read('7d')]).toEqual(['2026-02-20', '2026-02-16']);
  for (const text of ['2026-02-30', 'yesterday', '2026-02-20T10:00:00Z'])
    expect(() => read(text)).toThrow('It must be a day, such as 2026-02-23, or an age, such as 7d.');
});

test('a trace is read by its id and out of a traceparent', () => {
  const id = '4bf92f3577b34da6a3ce929d0e0e4736';
  expect([traceIdOf(id.toUpperCase()), traceIdOf(`00-${id}-00f067aa0ba902b7-01`)]).toEqual([id, id]);
  expect(() => traceIdOf('4bf92f35')).toThrow('It must be a trace id');
});
