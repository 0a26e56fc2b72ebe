import { DropError } from '#domain/errors.ts';
import type { Queries } from '#store/database.ts';
import type { TracedPayment } from '#store/payment-traces.ts';
import { findUser } from '#store/users.ts';
import type { OperatorContext } from './context.ts';
import { namedPayment } from './payments/show.ts';

/** The work that an operator looks for, as it is typed. */
export interface NamedIds {
  /** Drop's id, the end-to-end identification, or the id at one of the providers. */
  payment?: string | undefined;
  user?: string | undefined;
  trace?: string | undefined;
  requestId?: string | undefined;
}

/** The same, as searches take it. */
export interface SoughtIds {
  payment?: TracedPayment | undefined;
  userId?: string | undefined;
  traceId?: string | undefined;
  requestId?: string | undefined;
}

/**
 * Finds what an operator names, so that an unknown id is said and not taken for an empty result.
 *
 * @throws {DropError} `not_found`; `invalid_request` when several payments have that id.
 */
export async function soughtIds(
  { store: { database } }: OperatorContext,
  { payment, user: userId, trace: traceId, requestId }: NamedIds,
  providers: readonly string[],
): Promise<SoughtIds> {
  if (userId !== undefined) await assertCustomer(database, userId);
  const found = payment === undefined ? undefined : await tracedPayment(database, payment, providers);
  return { payment: found, userId, traceId, requestId };
}

async function tracedPayment(
  queries: Queries,
  name: string,
  providers: readonly string[],
): Promise<TracedPayment> {
  const row = await namedPayment(queries, name, providers);
  return {
    id: row.id,
    userId: row.user_id,
    provider: row.provider,
    reference: row.payment_id,
    traceparent: row.traceparent,
    createdAt: row.created_at,
  };
}

/** @throws {DropError} `not_found`. */
export async function assertCustomer(queries: Queries, userId: string): Promise<void> {
  if (await findUser(queries, userId)) return;
  throw new DropError('not_found', { message: `There is no customer ${userId}.` });
}
