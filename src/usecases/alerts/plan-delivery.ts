import type { Severity } from '#domain/alert-text.ts';
import type { ChannelState } from '#store/outbox/alert-delivery.ts';
import type { MergedAlert } from './merge-alerts.ts';

/**
 * How long an alert waits for a channel that fails, in milliseconds, before a mail is sent in its place. A channel that
 * refuses is not waited for.
 */
const patienceMs: Record<Severity, number> = { critical: 60_000, warning: 900_000, info: 900_000 };
const mailedTogetherMax = 20;
/** After this many failures in a row each alert has its turn: the channel may fail at the first for what it is. */
const failuresOfFirstMax = 3;

/** What to do next: attempt one alert, have others take the channel's place, or wait. */
export type DeliveryPlan =
  | { kind: 'attempt'; merged: MergedAlert }
  | { kind: 'stand_in'; merged: readonly MergedAlert[] }
  | { kind: 'wait'; untilMs: number };

export interface DeliveryCircumstances {
  now: Date;
  /** Whether the process ends, so that the pace of the channel is not kept: short bursts above it are allowed. */
  isHurried: boolean;
}

/** Pure. `alerts` are in the order in which they are to be sent. */
export function planDelivery(
  alerts: readonly MergedAlert[],
  state: ChannelState,
  { now, isHurried }: DeliveryCircumstances,
): DeliveryPlan {
  const nowMs = now.getTime();
  const slotMs = Math.max(isHurried ? 0 : state.slotAt.getTime(), state.pausedUntil.getTime());
  const due = alerts.filter(({ mergedUntil }) => isHurried || (mergedUntil?.getTime() ?? 0) <= nowMs);
  const first = due[state.failures < failuresOfFirstMax ? 0 : state.failures % due.length];
  if (first && slotMs <= nowMs) return { kind: 'attempt', merged: first };
  const overdue = due.filter(({ alert }) => overdueAtMs(alert.severity, state, slotMs) <= nowMs);
  if (overdue.length > 0 && state.mailAt.getTime() <= nowMs)
    return { kind: 'stand_in', merged: overdue.slice(0, mailedTogetherMax) };
  const moments = [
    ...(first ? [slotMs] : []),
    ...alerts.map(({ mergedUntil }) => mergedUntil?.getTime() ?? 0),
    ...due.map(({ alert }) => Math.max(overdueAtMs(alert.severity, state, slotMs), state.mailAt.getTime())),
  ];
  return { kind: 'wait', untilMs: Math.min(...moments.filter((moment) => moment > nowMs)) };
}

/** When the channel has failed for too long; at once if it refuses, or asked for a longer wait than that. */
function overdueAtMs(severity: Severity, { failingSince, isRefused }: ChannelState, slotMs: number): number {
  if (failingSince === undefined) return Number.POSITIVE_INFINITY;
  const givenUpAtMs = failingSince.getTime() + patienceMs[severity];
  return isRefused || slotMs > givenUpAtMs ? failingSince.getTime() : givenUpAtMs;
}
