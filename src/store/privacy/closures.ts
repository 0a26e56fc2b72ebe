import { sql } from 'kysely';
import { erasureSteps, type ErasureStep } from '#domain/erasure.ts';
import type { Queries } from '../database.ts';
import { noteFormerCustomer } from '../former-customers.ts';

export type ClosedBy = 'customer' | 'operator';

/** Notes that an account is closed, and until when the law has data of the customer kept. */
export async function insertClosure(
  queries: Queries,
  closure: { userId: string; by: ClosedBy; at: Date; dueAt: Date; keptUntil: Date },
): Promise<void> {
  await queries
    .insertInto('account_closures')
    .values({
      user_id: closure.userId,
      asked_at: closure.at,
      asked_by: closure.by,
      kept_until: closure.keptUntil,
      steps_done: ['request'],
      due_at: closure.dueAt,
    })
    .execute();
  await noteFormerCustomer(queries, closure.userId, closure.at);
}

/** A closing that is not done. */
export interface OpenClosure {
  userId: string;
  stepsDone: ErasureStep[];
}

interface Taking {
  at: Date;
  limit: number;
  againMinMs: number;
  againMaxMs: number;
}

/**
 * Takes closings that are due, each by one caller. They are due again after as long as they have waited already, within
 * the given bounds in milliseconds.
 */
export async function takeClosures(queries: Queries, taking: Taking): Promise<OpenClosure[]> {
  const { at, limit, againMinMs, againMaxMs } = taking;
  const { rows } = await sql<OpenClosure>`
    with due as (
      select user_id, due_at from account_closures where done_at is null and due_at <= ${at}
      order by due_at limit ${limit} for update skip locked
    ),
    taken as (
      update account_closures as closing set attempts = attempts + 1, due_at = ${at}::timestamptz + least(
        greatest(${at}::timestamptz - closing.asked_at, ${againMinMs} * interval '1 millisecond'),
        ${againMaxMs} * interval '1 millisecond'
      )
      from due where closing.user_id = due.user_id
      returning closing.user_id, closing.steps_done, due.due_at
    )
    select user_id as "userId", steps_done as "stepsDone" from taken order by due_at, user_id
  `.execute(queries);
  return rows;
}

/** Notes that a step is done. The last one ends the closing. */
export async function noteStep(
  queries: Queries,
  userId: string,
  { step, at }: { step: ErasureStep; at: Date },
): Promise<void> {
  await sql`
    update account_closures set steps_done = steps_done || ${step}::text,
      done_at = case when ${step} = 'end' then ${at}::timestamptz end
    where user_id = ${userId} and not ${step} = any (steps_done)
  `.execute(queries);
}

/** Closings that wait for one step; `ids` are the customers of the oldest five. */
export interface WaitingClosings {
  step: ErasureStep;
  closings: number;
  ids: string[];
  oldestAt: Date;
}

/** By step, the closings that were begun before `before` and that the step holds up. */
export async function closingsWaiting(queries: Queries, before: Date): Promise<WaitingClosings[]> {
  const { rows } = await sql<WaitingClosings>`
    select step, count(*)::integer as closings, min(asked_at) as "oldestAt",
      (array_agg(user_id::text order by asked_at, user_id))[1:5] as ids
    from account_closures cross join unnest(${erasureSteps}::text[]) as step
    where done_at is null and asked_at < ${before} and not step = any (steps_done)
      -- The end waits for the others, and is named where nothing else is left.
      and (step <> 'end' or cardinality(steps_done) >= ${erasureSteps.length - 1})
    group by step order by closings desc, step
  `.execute(queries);
  return rows;
}
