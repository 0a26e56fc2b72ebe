import { browserIdleMs } from '#domain/session-length.ts';
import { attempt } from './attempt.ts';

/** How long before the end the customer is asked. WCAG 2.2.1 asks for 20 seconds at least. */
const warningMs = 2 * 60_000;
/** How often an act is written for the browser's other tabs. */
const noteMs = 5_000;
/** The entry in local storage with the time of the customer's last act in any tab. */
const key = 'drop-active-at';

let actedAt = Date.now();

/** Notes that the customer does something. */
export function noteAct(now = Date.now()): void {
  if (now - actedAt < noteMs) return;
  beginAnew(now);
}

/** As if the customer had just come. */
export function beginAnew(now = Date.now()): void {
  actedAt = now;
  attempt(() => window.localStorage.setItem(key, `${now}`));
}

/** `asked`: the session ends at `endsAt` unless the customer acts. */
export type IdleState = { kind: 'active' } | { kind: 'asked'; endsAt: number } | { kind: 'ended' };

/** The state by the last act in any tab. A time in the future, as after a change of the clock, counts for nothing. */
export function idleState(now = Date.now()): IdleState {
  const elsewhere = Number(attempt(() => window.localStorage.getItem(key)) ?? 0);
  const last = Math.max(Math.min(actedAt, now), elsewhere <= now ? elsewhere : 0);
  const endsAt = last + browserIdleMs;
  if (now >= endsAt) return { kind: 'ended' };
  return now >= endsAt - warningMs ? { kind: 'asked', endsAt } : { kind: 'active' };
}
