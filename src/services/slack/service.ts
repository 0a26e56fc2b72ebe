export type Severity = 'info' | 'warning' | 'critical';

/**
 * A message to the operators. It must not contain personal data or secrets; the sender redacts known forms as a second
 * line of defence.
 */
export interface Alert {
  severity: Severity;
  title: string;
  message: string;
}

/** Operational alerts to the channel #drop-ops. A failed delivery never fails the work that raised the alert. */
export interface Alerts {
  /** Resolves when the alert was delivered or handed to the fallback (the log); it does not reject. */
  sendAlert(alert: Alert): Promise<void>;
}
