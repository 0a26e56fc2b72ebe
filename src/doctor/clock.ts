import type { CheckVerdict } from '#services/definition.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

/** Differences at which signed calls and tokens are refused: providers allow half a minute to a minute. */
const failedMs = 30_000;
const warnedMs = 2_000;

/** A clock beside that of this machine. */
export interface OtherClock {
  name: string;
  aheadMs: number;
  /** By how much the measurement may be wrong. */
  uncertainMs: number;
}

/** Judges the clock of this machine by another one. */
export function judgeClock({ name, aheadMs, uncertainMs }: OtherClock): CheckVerdict {
  const leastMs = Math.max(0, Math.abs(aheadMs) - uncertainMs);
  const seconds = Math.round(Math.abs(aheadMs) / 1_000);
  const text = `this machine’s clock is ${seconds} s ${aheadMs > 0 ? 'behind' : 'ahead of'} that of ${name}`;
  const advice = 'synchronise the clocks of both machines (NTP)';
  if (leastMs > failedMs) return failed(text, advice);
  return leastMs > warnedMs ? warning(text, advice) : ok('as that of this machine');
}

/** The time that the answer of a provider gives. */
export interface AnsweredDate {
  provider: string;
  /** Its header `Date`, of whole seconds (RFC 9110, 6.6.1). */
  date: string;
  sentAtMs: number;
  durationMs: number;
}

/** Judges the clock by the first answer of each provider. A proxy may answer for it, with a clock of its own. */
export function providerClocks(answers: readonly AnsweredDate[]): Finding[] {
  const first = new Map(answers.toReversed().map((answer) => [answer.provider, answer]));
  return [...first.values()].toReversed().flatMap(({ provider, date, sentAtMs, durationMs }) => {
    const theirMs = Date.parse(date);
    if (Number.isNaN(theirMs)) return [];
    const uncertainMs = durationMs / 2 + 500;
    const aheadMs = theirMs + 500 - (sentAtMs + durationMs / 2);
    return [
      {
        area: 'clock' as const,
        subject: provider,
        ...judgeClock({ name: provider, aheadMs, uncertainMs }),
      },
    ];
  });
}
