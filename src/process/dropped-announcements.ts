import type { Clock } from '#domain/clock.ts';
import type { DroppedAnnouncement } from '#store/announcements.ts';
import type { Log } from '#usecases/context.ts';

const silentMs = 60_000;

/** Counts every dropped announcement, and logs at most one a minute: a program may send any number of them. */
export function reportDroppedAnnouncements(options: {
  clock: Clock;
  log: Log;
  count: (channel: string, reason: string) => void;
}): (dropped: DroppedAnnouncement) => void {
  const { clock, log, count } = options;
  let silentUntilMs = -Infinity;
  let unlogged = 0;
  return ({ channel, reason, error }) => {
    count(channel, reason);
    const nowMs = clock.monotonicMs();
    if (nowMs < silentUntilMs) {
      unlogged += 1;
      return;
    }
    log('warn', 'an announcement was dropped', { channel, reason, unlogged, ...(error ? { error } : {}) });
    silentUntilMs = nowMs + silentMs;
    unlogged = 0;
  };
}
