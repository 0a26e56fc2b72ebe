import type { Alert, RaisedAlert, Severity } from '#domain/alert-text.ts';
import { sha256 } from '#store/hash.ts';
import type { WaitingAlerts } from '#store/outbox/alerts.ts';
import { alertKinds, type AlertKey } from './kinds.ts';
import { alertOf } from './text.ts';

/** Waiting alerts whose texts are the same. */
export interface MergedAlert {
  alert: Alert;
  entries: readonly WaitingAlerts[];
  raisedAt: Date;
  count: number;
  fingerprint: Buffer;
  isLogged: boolean;
  /** While an identical alert was sent lately, its repetitions are counted until then. */
  mergedUntil: Date | undefined;
}

const rankOfSeverity: Record<Severity, number> = { info: 0, warning: 1, critical: 2 };

/** The codes that this version knows, and how severe they are. */
export const alertRanks: ReadonlyMap<string, number> = new Map(
  Object.entries(alertKinds).map(([code, { severity }]) => [code, rankOfSeverity[severity]]),
);

/** Merges alerts with the same text, in the given order. `repetitions` has the end of each open minute. */
export function mergeAlerts(
  waiting: readonly WaitingAlerts[],
  repetitions: ReadonlyMap<string, Date>,
  runbookUrl?: string,
): MergedAlert[] {
  const merged = new Map<string, MergedAlert>();
  for (const entry of waiting) {
    const alert = render(entry, runbookUrl);
    const fingerprint = sha256(JSON.stringify([alert.severity, alert.title, alert.message]));
    const key = fingerprint.toString('hex');
    const { entries, raisedAt, count, isLogged } = merged.get(key) ?? firstOf(entry);
    merged.set(key, {
      alert,
      entries: [...entries, entry],
      raisedAt: entry.raisedAt < raisedAt ? entry.raisedAt : raisedAt,
      count: count + entry.count,
      fingerprint,
      isLogged: isLogged && entry.isLogged,
      mergedUntil: repetitions.get(key),
    });
  }
  return [...merged.values()];
}

/** The alert as a channel gets it. */
export function raisedAlert({ alert, raisedAt, count }: MergedAlert, now: Date): RaisedAlert {
  const seconds = Math.max(1, Math.round((now.getTime() - raisedAt.getTime()) / 1_000));
  return { alert, raisedAt, repetition: { count, seconds } };
}

function firstOf(entry: WaitingAlerts): Pick<MergedAlert, 'entries' | 'raisedAt' | 'count' | 'isLogged'> {
  return { entries: [], raisedAt: entry.raisedAt, count: 0, isLogged: true };
}

/** Another version may have stored other parameters: their alert is sent nevertheless. */
function render({ code, parameters }: WaitingAlerts, runbookUrl: string | undefined): Alert {
  // Only codes of the table are read.
  const key = code as AlertKey;
  try {
    return alertOf(key, parameters as never, runbookUrl);
  } catch {
    const { severity, title } = alertKinds[key];
    return {
      severity,
      title,
      message: 'Another version of Drop raised this alert, and its details cannot be shown',
    };
  }
}
