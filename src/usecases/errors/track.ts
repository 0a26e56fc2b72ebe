import type { Clock, Scheduled } from '#domain/clock.ts';
import { groupOf, type LoggedError } from '#domain/error-group.ts';
import { addSighting, type Sighting } from '#store/error-groups.ts';
import { answeredWithin } from '../alerts/answered-within.ts';
import { raise, type AlertContext } from '../alerts/raise.ts';

/** Errors of this process, on their way to the groups that all processes share. */
export interface ErrorTracker {
  record(error: LoggedError): void;
  /** From now on errors are written, also those that were recorded before. */
  begin(context: AlertContext): void;
  /** Writes what was recorded, in bounded time; looks no further. Does not reject. */
  stop(): Promise<void>;
}

/** Short enough for an operator who waits, long enough that a flood of errors is few statements. */
const writeAfterMs = 5_000;
/** Of more groups in that time the further ones are not kept: the log has them. */
const groupsMax = 100;
/** A group without an error for this long has returned with the next one. */
const quietMs = 30 * 86_400_000;
const answerMsMax = 2_000;

/** Groups the errors that are logged, and alerts of a group that is new or has returned. */
export function createErrorTracker(clock: Clock, release: string): ErrorTracker {
  const waiting = new Map<string, Sighting>();
  let context: AlertContext | undefined;
  let next: Scheduled | undefined;

  async function write(): Promise<void> {
    const told = context;
    if (!told) return;
    const sightings = [...waiting.values()];
    waiting.clear();
    for (const sighting of sightings)
      await keep(told, sighting).catch(() => void mergeInto(waiting, sighting));
  }

  function writeLater(): void {
    if (!context) return;
    next ??= clock.schedule(writeAfterMs, () => {
      next = undefined;
      void write().then(() => (waiting.size > 0 ? writeLater() : undefined));
    });
  }

  return {
    record(error) {
      mergeInto(waiting, sightingOf(error, clock, release));
      writeLater();
    },
    begin(given) {
      context = given;
      if (waiting.size > 0) writeLater();
    },
    async stop() {
      next?.cancel();
      const written = write();
      context = undefined;
      await answeredWithin(clock, answerMsMax, written).catch(() => undefined);
    },
  };
}

function sightingOf(error: LoggedError, clock: Clock, release: string): Sighting {
  const { title, name, code, message, stack, about } = error;
  const at = clock.now();
  const example = { message, stack, about };
  return { ...groupOf(error), title, name, code, errors: 1, firstAt: at, lastAt: at, release, example };
}

function mergeInto(waiting: Map<string, Sighting>, later: Sighting): void {
  const earlier = waiting.get(later.fingerprint);
  if (!earlier && waiting.size >= groupsMax) return;
  const errors = (earlier?.errors ?? 0) + later.errors;
  waiting.set(later.fingerprint, { ...later, errors, firstAt: earlier?.firstAt ?? later.firstAt });
}

async function keep(context: AlertContext, sighting: Sighting): Promise<void> {
  await context.store.database.transaction().execute(async (transaction) => {
    const { id, news } = await addSighting(transaction, sighting, quietMs);
    if (news === undefined) return;
    const { title, name, code, place, release } = sighting;
    const error = [name, ...(code === undefined ? [] : [code])].join(' ');
    await raise(context, 'error_logged', { id, news, title, error, place, release }, transaction);
  });
}
