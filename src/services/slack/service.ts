import type { Alert, RaisedAlert } from '#domain/alert-text.ts';

/**
 * The end of one attempt. `later`: may be sent again, after `afterMs` if the channel says so. `never`: the channel
 * refuses, either this message or everything until an operator acts; `reason` says what to do.
 */
export type AlertVerdict =
  | { kind: 'delivered' }
  | { kind: 'later'; afterMs: number | undefined; reason: string }
  | { kind: 'never'; reason: string; isMessageAtFault: boolean };

/** Operational alerts to the channel #drop-ops. A failed delivery never fails the work that raised the alert. */
export interface Alerts {
  /**
   * Delivers an alert from memory, at the pace of the channel. Resolves when it was delivered or handed to the fallback
   * (the log); it does not reject. For alerts that cannot be stored; all others are attempted from the outbox.
   */
  sendAlert(alert: Alert): Promise<void>;
  /** Makes one attempt, at once: pace and repetition are the caller's. Does not reject, and ends within 6 s. */
  attempt(raised: RaisedAlert): Promise<AlertVerdict>;
}
