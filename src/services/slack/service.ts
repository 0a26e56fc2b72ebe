export type Severity = 'info' | 'warning' | 'critical';

/** What the operators are told. Neither field may hold personal data or secrets; the sender redacts what slips in. */
export interface Alert {
  severity: Severity;
  title: string;
  message: string;
}

/** Operational alerts to the channel #drop-ops. An alert that cannot be delivered never fails what caused it. */
export interface Alerts {
  /** Resolves when the alert was delivered or handed to the fallback (the log); it does not reject. */
  sendAlert(alert: Alert): Promise<void>;
}
