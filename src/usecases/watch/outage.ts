import type { Clock } from '#domain/clock.ts';

/** What a process knows of an outage, from memory alone. */
export interface Outage {
  /** Notes whether the database has just answered. */
  observe(answers: boolean): void;
}

export interface OutageOptions {
  clock: Clock;
  /** Called once for each outage. */
  onDown: () => void;
  /** Called once the database answers for good. */
  onOver: (lasted: { minutes: number }) => void;
}

/** One answer that is late does not make an outage. */
const downAfterMs = 15_000;
/** An outage that returns within this time is the same. */
const overAfterMs = 60_000;

/** Tells of an outage once, when it has lasted, and once more when it is over. */
export function createOutage({ clock, onDown, onOver }: OutageOptions): Outage {
  let downSinceMs: number | undefined;
  let upSinceMs: number | undefined;
  let isTold = false;

  function observeDown(nowMs: number): void {
    upSinceMs = undefined;
    downSinceMs ??= nowMs;
    if (isTold || nowMs - downSinceMs < downAfterMs) return;
    isTold = true;
    onDown();
  }

  function observeUp(nowMs: number): void {
    upSinceMs ??= nowMs;
    if (downSinceMs === undefined || (isTold && nowMs - upSinceMs < overAfterMs)) return;
    if (isTold) onOver({ minutes: Math.round((upSinceMs - downSinceMs) / 60_000) });
    isTold = false;
    downSinceMs = undefined;
  }

  return {
    observe(answers) {
      const nowMs = clock.monotonicMs();
      if (answers) observeUp(nowMs);
      else observeDown(nowMs);
    },
  };
}
