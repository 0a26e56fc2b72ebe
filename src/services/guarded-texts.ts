import { failuresBeforeOpening, openMs } from '#outbound/breaker.ts';
import { customerShare, scopeShare } from '#outbound/bulkhead.ts';
import { attemptsMax } from '#outbound/guard.ts';
import { limitsDefault } from '#outbound/limiter.ts';
import { baseDelayMs, delayMsMax } from '#outbound/retry.ts';
import { earnedPerCall } from '#outbound/retry-budget.ts';

/** What every service that is called through the guarded call has in common, in the words of the inventory. */
export const guardedTexts = {
  retries:
    `At most ${attemptsMax} attempts after a fault of the network, 429, 502, 503 or 504, never after a refusal. ` +
    `The wait is a random share of ${baseDelayMs} ms, doubled each time, up to ${delayMsMax / 1_000} s. ` +
    `Repetitions are at most ${percent(earnedPerCall)} of the calls.`,
  breaker: `Opens after ${failuresBeforeOpening} failures in a row; one probe after ${openMs / 1_000} s.`,
  limits:
    `${limitsDefault.concurrentMax} calls at once and ${limitsDefault.queueMax} waiting; one customer has at most ` +
    `${percent(customerShare)} of both.`,
  bankLimits: `One bank has at most ${percent(scopeShare)} of both.`,
};

/** The alerts of a service that is called through the guarded call. */
export const guardedAlerts = ['provider_not_called'];

/** The metrics that show it. */
export const guardedMetrics = [
  'http_client_request_duration_seconds',
  'drop_outbound_breaker_state',
  'drop_outbound_refusals_total',
];

function percent(share: number): string {
  return `${share * 100} %`;
}

/** A duration in seconds, or in the larger unit that makes a whole number. */
export function durationText(ms: number): string {
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1_000} s`;
}
