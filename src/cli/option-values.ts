import { InvalidArgumentError } from 'commander';
import type { Clock } from '#domain/clock.ts';
import { isKeyId } from '#domain/sealer.ts';

const idMax = Number.MAX_SAFE_INTEGER;

export function idOf(text: string): number {
  if (!/^\d{1,16}$/.test(text) || Number(text) > idMax)
    throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** Reads a UUID, as Drop's ids are. */
export function uuidOf(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('It must be a UUID, as shown in alerts and in the log.');
}

/** Reads the id of a trace, also out of a whole `traceparent`. */
export function traceIdOf(text: string): string {
  const [, id] = /^(?:[\da-f]{2}-)?([\da-f]{32})(?:-[\da-f]{16}-[\da-f]{2})?$/i.exec(text) ?? [];
  if (id !== undefined) return id.toLowerCase();
  throw new InvalidArgumentError('It must be a trace id of 32 hexadecimal digits, or a traceparent.');
}

/** Reads the id of an encryption key. */
export function keyIdOf(text: string): string {
  if (!isKeyId(text)) throw new InvalidArgumentError('It must be letters, digits, _ and -.');
  return text;
}

/** Reads a number of rows from 1 to `max`. */
export function limitUpTo(max: number): (text: string) => number {
  return (text) => {
    const limit = Number(text);
    if (!/^\d+$/.test(text) || limit < 1 || limit > max)
      throw new InvalidArgumentError(`It must be a whole number from 1 to ${max}.`);
    return limit;
  };
}

const timePattern = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;
const timeForms = 'a day (UTC), such as 2026-02-23, or a time with its zone, such as 2026-02-23T14:30:00Z';

/** Reads a day, which begins at midnight UTC, or a time. */
export function timeOf(text: string): Date {
  const time = readTime(text);
  if (!time) throw new InvalidArgumentError(`It must be ${timeForms}.`);
  return time;
}

const agePattern = /^(\d{1,6})([mhd])$/;
const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a time, or an age: `15m`, `2h`, `3d`. */
export function timeOrAge(clock: Clock): (text: string) => Date {
  return (text) => {
    const [, count, unit] = agePattern.exec(text) ?? [];
    if (count !== undefined)
      return new Date(clock.now().getTime() - Number(count) * unitMs[unit as keyof typeof unitMs]);
    const time = readTime(text);
    if (!time) throw new InvalidArgumentError(`It must be ${timeForms}, or an age, such as 15m, 2h or 3d.`);
    return time;
  };
}

/** Reads a calendar day, `YYYY-MM-DD`, or an age, whose day it then is (UTC). */
export function dayOrAge(clock: Clock): (text: string) => string {
  return (text) => {
    if (agePattern.test(text)) return timeOrAge(clock)(text).toISOString().slice(0, 10);
    if (/^\d{4}-\d\d-\d\d$/.test(text) && readTime(text)) return text;
    throw new InvalidArgumentError('It must be a day, such as 2026-02-23, or an age, such as 7d.');
  };
}

/** `Date` reads 30 February as 2 March, so the day is compared with what was read. */
function readTime(text: string): Date | undefined {
  const [, day = ''] = timePattern.exec(text) ?? [];
  const time = new Date(text);
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(time.getTime()) || Number.isNaN(midnight.getTime())) return undefined;
  return midnight.toISOString().startsWith(day) ? time : undefined;
}

const reasonLengthMax = 500;
const authorLengthMax = 100;

/** Reads the reason of an operator's act, which is kept with it. */
export const reasonOf = (text: string): string => filledIn(text, reasonLengthMax);

/** Reads the name of the operator who acts. */
export const authorOf = (text: string): string => filledIn(text, authorLengthMax);

function filledIn(given: string, lengthMax: number): string {
  const trimmed = given.trim();
  if (trimmed !== '' && trimmed.length <= lengthMax) return trimmed;
  throw new InvalidArgumentError(`It must be a text of at most ${lengthMax} characters.`);
}
