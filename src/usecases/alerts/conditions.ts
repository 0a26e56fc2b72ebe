import type { OpenTransaction } from '#store/database.ts';
import {
  calmAlerts,
  forgetAlerts,
  openAlert,
  openSubjects,
  stayOpen,
  type EndedAlert,
} from '#store/open-alerts.ts';
import type { UseCaseContext } from '../context.ts';
import type { AlertParameters, ConditionKey } from './kinds.ts';
import { raise, type AlertContext } from './raise.ts';

/** A condition that comes and goes within this time is one. */
const calmMsDefault = 600_000;

/** Everything that conditions need. */
export type ConditionContext = AlertContext & Pick<UseCaseContext, 'store' | 'clock'>;

/** A condition that holds. */
export interface Found<Key extends ConditionKey> {
  /** What it concerns, such as a provider, or a bank at one; never a person. */
  subject: string;
  parameters: AlertParameters<Key>;
  /** A condition that reaches another stage is alerted again. */
  stage?: number;
}

/**
 * Alerts that a condition holds, unless it was alerted before and is not over. Any number of processes may do this at
 * once: one alert is sent.
 *
 * @throws when the database does not answer.
 */
export async function openCondition<Key extends ConditionKey>(
  context: ConditionContext,
  key: Key,
  found: Found<Key>,
): Promise<void> {
  await context.store.database
    .transaction()
    .execute((transaction) => openConditionIn(context, transaction, key, found));
}

/**
 * `openCondition` for work that must go on: never rejects. Where the condition cannot be stored it is alerted all the
 * same, from memory if need be.
 */
export async function meetCondition<Key extends ConditionKey>(
  context: ConditionContext,
  key: Key,
  found: Found<Key>,
): Promise<void> {
  try {
    await openCondition(context, key, found);
  } catch (error) {
    context.log('warn', 'a condition could not be stored', { code: key, error });
    await raise(context, key, found.parameters);
  }
}

/** `openCondition` in the transaction that finds it. */
export async function openConditionIn<Key extends ConditionKey>(
  context: ConditionContext,
  transaction: OpenTransaction,
  key: Key,
  { subject, parameters, stage = 0 }: Found<Key>,
): Promise<void> {
  const alert = { key, subject, parameters, stage, raisedAt: context.clock.now() };
  if (await openAlert(transaction, alert)) await raise(context, key, parameters, transaction);
  else await stayOpen(transaction, key, [subject]);
}

/**
 * The conditions of a kind that hold now: alerts the new ones, and sends a notice for each that has not held for
 * `calmMs` milliseconds. Those that come and go within that time are one condition.
 *
 * @throws when the database does not answer.
 */
export async function holdConditions<Key extends ConditionKey>(
  context: ConditionContext,
  key: Key,
  { found, calmMs = calmMsDefault }: { found: readonly Found<Key>[]; calmMs?: number },
): Promise<void> {
  for (const each of found) await openCondition(context, key, each);
  await calm(context, key, { exceptFor: found.map(({ subject }) => subject), calmMs });
}

/**
 * Tells that a condition does not hold, for one that is seen only now and then, as when a mail is sent. Its notice is
 * sent by the first call after ten minutes in which it did not hold.
 *
 * @throws when the database does not answer.
 */
export async function calmCondition(
  context: ConditionContext,
  key: ConditionKey,
  subject: string,
): Promise<void> {
  const open = await openSubjects(context.store.database, key);
  if (!open.includes(subject)) return;
  await calm(context, key, { exceptFor: open.filter((each) => each !== subject), calmMs: calmMsDefault });
}

/**
 * Tells of each condition of a kind that it is over, when it has not held for `calmMs` milliseconds; those of
 * `exceptFor` hold.
 *
 * @throws when the database does not answer.
 */
export async function endConditions(
  context: ConditionContext,
  key: ConditionKey,
  { exceptFor = [], calmMs }: { exceptFor?: readonly string[]; calmMs: number },
): Promise<void> {
  await calm(context, key, { exceptFor, calmMs });
}

/**
 * Alerts that a condition holds, also where it was alerted before and has become another one, which is the caller's to
 * judge.
 */
export async function alertConditionIn<Key extends ConditionKey>(
  context: ConditionContext,
  transaction: OpenTransaction,
  key: Key,
  { subject, parameters, stage = 0 }: Found<Key>,
): Promise<void> {
  await openAlert(transaction, { key, subject, parameters, stage, raisedAt: context.clock.now() });
  await stayOpen(transaction, key, [subject]);
  await raise(context, key, parameters, transaction);
}

async function calm(
  context: ConditionContext,
  key: ConditionKey,
  { exceptFor, calmMs }: { exceptFor: readonly string[]; calmMs: number },
): Promise<void> {
  const { store, clock } = context;
  await store.database.transaction().execute(async (transaction) => {
    const over = await calmAlerts(transaction, key, { exceptFor, at: clock.now(), calmMs });
    for (const alert of over) await raise(context, ...noticeOf(key, alert), transaction);
  });
}

/** Ends conditions without a notice, as when another kind of alert takes their place. */
export async function forgetConditions(
  { store }: ConditionContext,
  key: ConditionKey,
  subjects: readonly string[],
): Promise<void> {
  await forgetAlerts(store.database, key, subjects);
}

type OverKey = `${ConditionKey}_over`;

function noticeOf(key: ConditionKey, alert: EndedAlert): [OverKey, AlertParameters<OverKey>] {
  const minutes = Math.round((alert.endedAt.getTime() - alert.raisedAt.getTime()) / 60_000);
  // A row has the parameters of its kind: `openCondition` wrote it.
  return [`${key}_over`, { ...alert.parameters, minutes, gathered: alert.gathered }];
}
