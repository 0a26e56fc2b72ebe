/** The workers that are watched from outside Drop, by the name that the internal health has for each. */
export const heartbeatNames = ['scheduled_work', 'webhook_inbox', 'outbox'] as const;
export type HeartbeatName = (typeof heartbeatNames)[number];

/**
 * Signs of life of Drop's workers, sent to a service that does not run on Drop's machines. It alerts when one stays
 * out, so it also sees the end of everything that could have raised an alert.
 */
export interface Heartbeats {
  /** The workers that have an address to send to. */
  readonly names: readonly HeartbeatName[];
  /**
   * Sends a sign of life of one worker; nothing where it has no address. Does not reject, and ends within 10 s: a
   * failure is logged once until the next success, and must not fail the work that it reports.
   */
  beat(name: HeartbeatName): Promise<void>;
}
