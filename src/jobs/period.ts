import { assert } from '#domain/errors.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * In milliseconds, the time between two runs of a schedule: every minute, every few minutes, or once an hour or a day.
 * Drop has no other schedules.
 */
export function periodMs(cron: string): number {
  const [minute = '', hour = '', ...days] = cron.split(' ');
  assert(days.join(' ') === '* * *', `${cron} runs every day`);
  if (minute === '*' && hour === '*') return minuteMs;
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (step !== undefined && hour === '*') return Number(step) * minuteMs;
  assert(/^\d+$/.test(minute), `${cron} runs once an hour or a day`);
  return hour === '*' ? hourMs : dayMs;
}
