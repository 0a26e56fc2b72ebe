import type { Selectable } from 'kysely';
import { consentStatusAt, consentTransitions, type ConsentStatus } from '#domain/banking/consent.ts';
import type { Queries } from './database.ts';
import { sha256 } from './hash.ts';
import type { Schema } from './schema.ts';

export interface BankConnection {
  id: string;
  userId: string;
  provider: string;
  bankId: string;
  bankName: string;
  status: ConsentStatus;
  consentReference: string | undefined;
  validUntil: Date | undefined;
  createdAt: Date;
}

export async function insertConnection(
  queries: Queries,
  connection: Pick<BankConnection, 'id' | 'userId' | 'provider' | 'bankId' | 'bankName' | 'createdAt'> & {
    state: string;
  },
): Promise<void> {
  await queries
    .insertInto('bank_connections')
    .values({
      id: connection.id,
      user_id: connection.userId,
      provider: connection.provider,
      bank_id: connection.bankId,
      bank_name: connection.bankName,
      status: 'pending',
      state_hash: sha256(connection.state),
      created_at: connection.createdAt,
    })
    .execute();
}

/** A connection by the state of its consent. */
export async function findConnectionByState(
  queries: Queries,
  state: string,
): Promise<BankConnection | undefined> {
  const row = await connections(queries).where('state_hash', '=', sha256(state)).executeTakeFirst();
  return row && toConnection(row);
}

/**
 * Marks that the customer came back; true for the one caller that may complete the consent. A return that was taken
 * before `abandonedBefore` and not completed may be taken again: the process that took it has died.
 */
export async function takeReturn(
  queries: Queries,
  id: string,
  { at, abandonedBefore }: { at: Date; abandonedBefore: Date },
): Promise<boolean> {
  const result = await queries
    .updateTable('bank_connections')
    .set({ returned_at: at })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .where((where) =>
      where.or([where('returned_at', 'is', null), where('returned_at', '<', abandonedBefore)]),
    )
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Gives a return back that was taken `at` and came to nothing, so that it may be tried again. */
export async function giveBackReturn(queries: Queries, id: string, at: Date): Promise<void> {
  await queries
    .updateTable('bank_connections')
    .set({ returned_at: null })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .where('returned_at', '=', at)
    .execute();
}

/** The connection that a consent belongs to, by the provider's reference of it. */
export async function findConnectionByReference(
  queries: Queries,
  key: { provider: string; reference: string },
): Promise<BankConnection | undefined> {
  const row = await connections(queries)
    .where('provider', '=', key.provider)
    .where('consent_reference', '=', key.reference)
    .executeTakeFirst();
  return row && toConnection(row);
}

export async function findConnection(
  queries: Queries,
  key: { id: string; userId: string },
): Promise<BankConnection | undefined> {
  const row = await connections(queries)
    .where('id', '=', key.id)
    .where('user_id', '=', key.userId)
    .executeTakeFirst();
  return row && toConnection(row);
}

/** What a customer has or had, newest first, without the attempts that came to nothing. */
export async function listConnections(
  queries: Queries,
  userId: string,
  now: Date,
): Promise<BankConnection[]> {
  const rows = await connections(queries)
    .where('user_id', '=', userId)
    .where('status', 'in', ['active', 'expired', 'revoked'])
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute();
  return rows
    .map(toConnection)
    .map((row) => ({ ...row, status: consentStatusAt(row.status, row.validUntil, now) }));
}

/** Makes a pending connection an active one; says whether it did. */
export async function activateConnection(
  queries: Queries,
  id: string,
  grant: { reference: string; validUntil: Date },
): Promise<boolean> {
  const result = await queries
    .updateTable('bank_connections')
    .set({ status: 'active', consent_reference: grant.reference, valid_until: grant.validUntil })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Ends a connection where the transition exists; says whether it did. */
export async function endConnection(
  queries: Queries,
  id: string,
  end: { status: ConsentStatus; at: Date },
): Promise<boolean> {
  const from = (Object.keys(consentTransitions) as ConsentStatus[]).filter((status) =>
    consentTransitions[status].includes(end.status),
  );
  const result = await queries
    .updateTable('bank_connections')
    .set({ status: end.status, ended_at: end.at })
    .where('id', '=', id)
    .where('status', 'in', from)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function connections(queries: Queries) {
  return queries.selectFrom('bank_connections').selectAll();
}

function toConnection(row: Selectable<Schema['bank_connections']>): BankConnection {
  return {
    id: row.id,
    userId: row.user_id,
    provider: row.provider,
    bankId: row.bank_id,
    bankName: row.bank_name,
    status: row.status,
    consentReference: row.consent_reference ?? undefined,
    validUntil: row.valid_until ?? undefined,
    createdAt: row.created_at,
  };
}
