import { sql } from 'kysely';
import { isFinal, paymentStatuses } from '#domain/payment/status.ts';
import type { Queries } from '../database.ts';

/**
 * Locks a customer whose account is to be closed, and their bank accounts; undefined without one. A reading of a
 * balance that is under way writes the bank account and then what it was read with, and a closing erases these the
 * other way round.
 */
export async function lockToClose(
  transaction: Queries,
  userId: string,
): Promise<{ closedAt: Date | null } | undefined> {
  const user = await transaction
    .selectFrom('users')
    .select('closed_at as closedAt')
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
  await transaction
    .selectFrom('bank_accounts')
    .select('id')
    .where('user_id', '=', userId)
    .orderBy('id')
    .forUpdate()
    .execute();
  return user;
}

const openStatuses = paymentStatuses.filter((status) => !isFinal(status));

/** How many payments the customer has made, and how many of them are not over. */
export async function countPayments(
  queries: Queries,
  userId: string,
): Promise<{ all: number; open: number }> {
  const { rows } = await sql<{ all: number; open: number }>`
    select count(*)::integer as all, count(*) filter (where status = any (${openStatuses}))::integer as open
    from transactions where user_id = ${userId}
  `.execute(queries);
  return rows[0] ?? { all: 0, open: 0 };
}

/** The ids of the consents that are pending or active. */
export async function liveConnections(queries: Queries, userId: string): Promise<string[]> {
  const rows = await queries
    .selectFrom('bank_connections')
    .select('id')
    .where('user_id', '=', userId)
    .where('status', 'in', ['pending', 'active'])
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Whether a consent of the customer is still to be ended at its provider. */
export async function owesEnds(queries: Queries, userId: string): Promise<boolean> {
  const row = await queries
    .selectFrom('consents_to_end as owed')
    .innerJoin('bank_connections as consent', 'consent.id', 'owed.connection_id')
    .select('owed.connection_id')
    .where('consent.user_id', '=', userId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a mail to the customer waits to be sent. */
export async function hasWaitingMail(queries: Queries, userId: string): Promise<boolean> {
  const row = await queries
    .selectFrom('outbox')
    .select('id')
    .where('user_id', '=', userId)
    .where('status', '=', 'waiting')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Marks the account as closed. What identified the person is replaced, so that a person who signs in again is a new
 * customer, and the verification is read no more.
 */
export async function forgetIdentification(queries: Queries, userId: string, at: Date): Promise<void> {
  const nobody = `closed:${userId}`;
  await queries
    .updateTable('users')
    .set({
      national_id_hash: nobody,
      national_id_hash_key_id: 'closed',
      bankid_subject: nobody,
      closed_at: at,
    })
    .where('id', '=', userId)
    .execute();
  await queries.updateTable('kyc_applicants').set({ due_at: null }).where('user_id', '=', userId).execute();
}

/** Deletes what the customer was told, and what waits to be told. */
export async function deleteMessages(queries: Queries, userId: string): Promise<void> {
  await queries.deleteFrom('outbox').where('user_id', '=', userId).execute();
}
