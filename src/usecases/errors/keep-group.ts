import { isDatabaseAway } from '#domain/error-group.ts';
import type { Unanswered } from '#domain/unanswered.ts';
import type { OpenTransaction } from '#store/database.ts';
import { addSighting, isToldGroup, noteTold, type Sighting } from '#store/error-groups.ts';
import { gatherErrors } from '#store/open-alerts.ts';
import type { OutageMemory } from '../alerts/outage-memory.ts';
import { isSpikeOf } from '#store/error-tallies.ts';
import { raise, type AlertContext } from '../alerts/raise.ts';
import { readToldCauses } from '../alerts/told-causes.ts';

/** Errors of one group, and what is known of their cause. */
export interface SeenErrors {
  sighting: Sighting;
  /** Who did not answer; undefined where that is not the cause of each of them. */
  unanswered: Unanswered | undefined;
  /** Whether an alert of its own comes with each of them. */
  hasAlert: boolean;
}

/** A group that is new or has returned, and whose outage may be about to be alerted. */
export interface AwaitedGroup extends SeenErrors {
  id: number;
  news: 'new' | 'returned';
  sinceMs: number;
}

export interface Keeping {
  outage: OutageMemory;
  /** Whether the process ends, so that nothing can be awaited. */
  isLast: boolean;
}

/**
 * The fifth failure in a row is alerted, and so is a database that did not answer for 15 s. What the first failures
 * began is not a second alert of the same outage.
 */
const alertComesMsMax = 60_000;
/** A group without an error for this long has returned with the next one. */
const quietMs = 30 * 86_400_000;

/**
 * Adds errors to their group, and alerts of it if it is new or has returned. Returns the group if the alert about its
 * cause may still come; `awaited` is the same group from before.
 */
export async function keepGroup(
  context: AlertContext,
  seen: SeenErrors,
  { awaited, ...keeping }: Keeping & { awaited: AwaitedGroup | undefined },
): Promise<AwaitedGroup | undefined> {
  return context.store.database.transaction().execute(async (transaction) => {
    const { id, news } = await addSighting(transaction, seen.sighting, quietMs);
    if (news === undefined) return undefined;
    if (seen.hasAlert) return awaited;
    const sinceMs = awaited?.sinceMs ?? context.clock.now().getTime();
    return tell(context, transaction, {
      group: { ...seen, id, news: awaited?.news ?? news, sinceMs },
      keeping,
    });
  });
}

/** Judges an awaited group again. Returns it if it is to be awaited further. */
export async function judgeAwaited(
  context: AlertContext,
  group: AwaitedGroup,
  keeping: Keeping,
): Promise<AwaitedGroup | undefined> {
  return context.store.database.transaction().execute(async (transaction) => {
    const isTold = await isToldGroup(transaction, group.id);
    return isTold ? undefined : tell(context, transaction, { group, keeping });
  });
}

async function tell(
  context: AlertContext,
  transaction: OpenTransaction,
  { group, keeping }: { group: AwaitedGroup; keeping: Keeping },
): Promise<AwaitedGroup | undefined> {
  const { id, news, sighting } = group;
  const nowMs = context.clock.now().getTime();
  const verdict = await verdictOn(transaction, group, { ...keeping, waitedMs: nowMs - group.sinceMs });
  await noteTold(transaction, id, verdict === 'untold' || verdict === 'heard');
  if (verdict !== 'untold') return verdict === 'awaited' ? group : undefined;
  const { title, name, code, place, release } = sighting;
  const error = [name, ...(code === undefined ? [] : [code])].join(' ');
  await raise(context, 'error_logged', { id, news, title, error, place, release }, transaction);
  return undefined;
}

/**
 * `told`: an open alert tells of the cause, and takes the group in. `heard`: the alert of an error spike does, and takes
 * nothing in.
 */
async function verdictOn(
  transaction: OpenTransaction,
  { id, sighting, unanswered }: AwaitedGroup,
  { outage, isLast, waitedMs }: Keeping & { waitedMs: number },
): Promise<'told' | 'heard' | 'awaited' | 'untold'> {
  const isOfDatabase = isDatabaseAway(sighting.code);
  if (isOfDatabase && outage.isTold) return 'told';
  if (!isOfDatabase && unanswered === undefined) return 'untold';
  const alert = isOfDatabase ? undefined : (await readToldCauses(transaction)).alertOf(unanswered);
  if (alert?.isOpen) {
    await gatherErrors(transaction, alert, { errors: 0, groups: [id] });
    return 'told';
  }
  if (unanswered && (await isSpikeOf(transaction, unanswered.provider))) return 'heard';
  return !isLast && (alert !== undefined || waitedMs < alertComesMsMax) ? 'awaited' : 'untold';
}
