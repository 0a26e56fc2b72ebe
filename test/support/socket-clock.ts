import { ManualClock, systemClock, type ScheduleOptions, type Scheduled } from '#domain/clock.ts';

/** Moved by hand, except that the deadlines of calls pass in real time, as the sockets under them do. */
export class SocketClock extends ManualClock {
  override schedule(delayMs: number, task: () => void, options?: ScheduleOptions): Scheduled {
    if (options?.keepsAlive === true) return systemClock.schedule(delayMs, task, options);
    return super.schedule(delayMs, task);
  }
}
