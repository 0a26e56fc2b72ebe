import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Queries } from './database.ts';
import { sha256 } from './hash.ts';
import type { Schema } from './schema.ts';

/** Proof that `userId` signed in with BankID in an app's sign-in. The app exchanges the ticket for a session. */
export interface SignInTicket {
  ticket: string;
  appChallenge: string;
  userId: string;
  at: Date;
  expiresAt: Date;
}

export async function insertTicket(queries: Queries, ticket: SignInTicket): Promise<void> {
  await queries
    .insertInto('sign_in_tickets')
    .values({
      ticket_hash: sha256(ticket.ticket),
      app_challenge: ticket.appChallenge,
      user_id: ticket.userId,
      created_at: ticket.at,
      expires_at: ticket.expiresAt,
    })
    .execute();
}

/** The challenge of a ticket that is valid at `at`. Does not consume the ticket. */
export async function findTicketChallenge(
  queries: Queries,
  ticket: string,
  at: Date,
): Promise<string | undefined> {
  const row = await queries
    .selectFrom('sign_in_tickets')
    .select('app_challenge')
    .where(isValid(ticket, at))
    .executeTakeFirst();
  return row?.app_challenge;
}

/** Consumes a ticket and returns its user; undefined when the ticket is unknown, used or expired. */
export async function takeTicket(queries: Queries, ticket: string, at: Date): Promise<string | undefined> {
  const row = await queries
    .updateTable('sign_in_tickets')
    .set({ consumed_at: at })
    .where(isValid(ticket, at))
    .returning('user_id')
    .executeTakeFirst();
  return row?.user_id;
}

type TicketCondition = (where: ExpressionBuilder<Schema, 'sign_in_tickets'>) => Expression<SqlBool>;

function isValid(ticket: string, at: Date): TicketCondition {
  return (where) =>
    where.and([
      where('ticket_hash', '=', sha256(ticket)),
      where('consumed_at', 'is', null),
      where('expires_at', '>', at),
    ]);
}

export async function purgeOldTickets(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('sign_in_tickets').where('expires_at', '<', before).execute();
}
