import type { Clock, Scheduled } from '#domain/clock.ts';
import { groupOf, type LoggedError } from '#domain/error-group.ts';
import type { Unanswered } from '#domain/unanswered.ts';
import { answeredWithin } from '../alerts/answered-within.ts';
import { OutageMemory } from '../alerts/outage-memory.ts';
import type { AlertContext } from '../alerts/raise.ts';
import { judgeAwaited, keepGroup, type AwaitedGroup, type SeenErrors } from './keep-group.ts';

/** Errors of this process, on their way to the groups that all processes share. */
export interface ErrorTracker {
  record(error: LoggedError): void;
  /** From now on errors are written, also those that were recorded before. */
  begin(context: AlertContext): void;
  /** Resolves when nothing is being written. */
  settled(): Promise<void>;
  /** Writes what was recorded, in bounded time; looks no further. Does not reject. */
  stop(): Promise<void>;
}

/** Short enough for an operator who waits, long enough that a flood of errors is few statements. */
const writeAfterMs = 5_000;
/** Of more groups in that time the further ones are not kept: the log has them. */
const groupsMax = 100;
const answerMsMax = 2_000;

/**
 * Groups the errors that are logged, and alerts of a group that is new or has returned. One whose cause operators have
 * an open alert of goes into that alert: `outage` says whether that is so of the database. It is still new when another
 * cause brings it. The first errors of an outage wait for its alert, for a minute at most.
 */
export function createErrorTracker(clock: Clock, release: string, outage = new OutageMemory()): ErrorTracker {
  const waiting = new Map<string, SeenErrors>();
  const awaited = new Map<string, AwaitedGroup>();
  let context: AlertContext | undefined;
  let next: Scheduled | undefined;
  let writing: Promise<void> | undefined;

  const hasMore = (): boolean => waiting.size > 0 || awaited.size > 0;

  function setAwaited(fingerprint: string, group: AwaitedGroup | undefined): void {
    if (group === undefined) awaited.delete(fingerprint);
    else awaited.set(fingerprint, group);
  }

  async function write(isLast = false): Promise<void> {
    const told = context;
    if (!told) return;
    const all = [...waiting];
    waiting.clear();
    const others = [...awaited].filter(([fingerprint]) => all.every(([each]) => each !== fingerprint));
    for (const [fingerprint, seen] of all)
      await keepGroup(told, seen, { outage, isLast, awaited: awaited.get(fingerprint) })
        .then((group) => setAwaited(fingerprint, group))
        .catch(() => void mergeInto(waiting, seen));
    for (const [fingerprint, group] of others)
      await judgeAwaited(told, group, { outage, isLast })
        .then((still) => setAwaited(fingerprint, still))
        .catch(() => undefined);
  }

  function writeLater(): void {
    if (!context) return;
    next ??= clock.schedule(writeAfterMs, () => {
      next = undefined;
      writing = write().then(() => (hasMore() ? writeLater() : undefined));
    });
  }

  return {
    record(error) {
      mergeInto(waiting, seenOf(error, clock, release));
      writeLater();
    },
    begin(given) {
      context = given;
      if (hasMore()) writeLater();
    },
    async settled() {
      await writing;
    },
    async stop() {
      next?.cancel();
      next = undefined;
      const written = write(true);
      context = undefined;
      await answeredWithin(clock, answerMsMax, written).catch(() => undefined);
    },
  };
}

function seenOf(error: LoggedError, clock: Clock, release: string): SeenErrors {
  const { title, name, code, message, stack, about, unanswered, hasAlert = false } = error;
  const at = clock.now();
  const example = { message, stack, about };
  const sighting = {
    ...groupOf(error),
    title,
    name,
    code,
    errors: 1,
    firstAt: at,
    lastAt: at,
    release,
    example,
  };
  return { sighting, unanswered, hasAlert };
}

function mergeInto(waiting: Map<string, SeenErrors>, { sighting, unanswered, hasAlert }: SeenErrors): void {
  const earlier = waiting.get(sighting.fingerprint);
  if (!earlier && waiting.size >= groupsMax) return;
  const errors = (earlier?.sighting.errors ?? 0) + sighting.errors;
  const firstAt = earlier?.sighting.firstAt ?? sighting.firstAt;
  waiting.set(sighting.fingerprint, {
    sighting: { ...sighting, errors, firstAt },
    unanswered: earlier && !isSameParty(earlier.unanswered, unanswered) ? undefined : unanswered,
    hasAlert: hasAlert && (earlier?.hasAlert ?? true),
  });
}

function isSameParty(left: Unanswered | undefined, right: Unanswered | undefined): boolean {
  return left?.provider === right?.provider && left?.bank === right?.bank;
}
