import type { Clock, Scheduled } from '#domain/clock.ts';
import { groupOf, isDatabaseAway, type LoggedError } from '#domain/error-group.ts';
import type { Unanswered } from '#domain/unanswered.ts';
import type { OpenTransaction } from '#store/database.ts';
import { addSighting, noteTold, type Sighting } from '#store/error-groups.ts';
import { gatherErrors } from '#store/open-alerts.ts';
import { answeredWithin } from '../alerts/answered-within.ts';
import { OutageErrors } from '../alerts/outage-errors.ts';
import { raise, type AlertContext } from '../alerts/raise.ts';
import { readToldCauses } from '../alerts/told-causes.ts';

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

/** Errors of one group, and what is known of their cause. */
interface Seen {
  sighting: Sighting;
  /** Who did not answer; undefined where that is not the cause of each of them. */
  unanswered: Unanswered | undefined;
  /** Whether an alert of its own comes with each of them. */
  hasAlert: boolean;
}

/**
 * Groups the errors that are logged, and alerts of a group that is new or has returned. One whose cause operators have
 * an open alert of goes into that alert: `outage` says whether that is so of the database. It is still new when another
 * cause brings it.
 */
export function createErrorTracker(clock: Clock, release: string, outage = new OutageErrors()): ErrorTracker {
  const waiting = new Map<string, Seen>();
  let context: AlertContext | undefined;
  let next: Scheduled | undefined;

  async function write(isLast = false): Promise<void> {
    const told = context;
    if (!told) return;
    const all = [...waiting.values()];
    waiting.clear();
    for (const seen of all)
      await keep(told, seen, { outage, isLast }).catch(() => void mergeInto(waiting, seen));
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
      mergeInto(waiting, seenOf(error, clock, release));
      writeLater();
    },
    begin(given) {
      context = given;
      if (waiting.size > 0) writeLater();
    },
    async stop() {
      next?.cancel();
      const written = write(true);
      context = undefined;
      await answeredWithin(clock, answerMsMax, written).catch(() => undefined);
    },
  };
}

function seenOf(error: LoggedError, clock: Clock, release: string): Seen {
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

function mergeInto(waiting: Map<string, Seen>, { sighting, unanswered, hasAlert }: Seen): void {
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

interface Keeping {
  outage: OutageErrors;
  /** Whether the process ends, so that nothing can be written later. */
  isLast: boolean;
}

async function keep(context: AlertContext, seen: Seen, keeping: Keeping): Promise<void> {
  const { sighting, hasAlert } = seen;
  await context.store.database.transaction().execute(async (transaction) => {
    const { id, news } = await addSighting(transaction, sighting, quietMs);
    if (news === undefined || hasAlert) return;
    const isTold = !(await isTakenIn(transaction, { ...seen, id }, keeping));
    await noteTold(transaction, id, isTold);
    if (!isTold) return;
    const { title, name, code, place, release } = sighting;
    const error = [name, ...(code === undefined ? [] : [code])].join(' ');
    await raise(context, 'error_logged', { id, news, title, error, place, release }, transaction);
  });
}

/**
 * Whether an open alert takes in the group `id`.
 *
 * @throws {AlertIsComing} when the alert is about to be raised, so that it can take the group in later.
 */
async function isTakenIn(
  transaction: OpenTransaction,
  { sighting, unanswered, id }: Seen & { id: number },
  { outage, isLast }: Keeping,
): Promise<boolean> {
  if (isDatabaseAway(sighting.code)) return outage.isTold;
  if (unanswered === undefined) return false;
  const alert = (await readToldCauses(transaction)).alertOf(unanswered);
  if (alert === undefined || (isLast && !alert.isOpen)) return false;
  if (!alert.isOpen) throw new AlertIsComing();
  await gatherErrors(transaction, alert, { errors: 0, groups: [id] });
  return true;
}

class AlertIsComing extends Error {
  override readonly name = 'AlertIsComing';
}
