import { DropError } from '#domain/errors.ts';
import { endToEndIdOf, paymentIdOf } from '#domain/payment/end-to-end-id.ts';
import type { UnansweredAtProvider } from '#domain/payment/conclusion.ts';
import type { LookUp } from '#domain/payment/look-up.ts';
import { idEndingOf } from '#domain/payment/short-reference.ts';
import { logPaymentAccess } from '#store/payment-access-log.ts';
import { findPaymentRow, idsByEnding, idsByReference, type PaymentRow } from '#store/payment-search.ts';
import { readTimeline, type TimelineEntry } from '#store/payment-traces.ts';
import type { Queries } from '#store/database.ts';
import type { OperatorContext } from '../context.ts';
import { nextActOf, quarantineEnd, type NextAct } from './next-act.ts';
import { listed, type ListedPayment } from './search.ts';

/** A payment with all that is kept about it, without names and texts. */
export interface ExplainedPayment extends ListedPayment {
  /** The end-to-end identification, to quote to the bank. */
  endToEndId: string;
  kid: string | null;
  /** The day in Norway for which it was ordered, `YYYY-MM-DD`. */
  executionDate: string | null;
  isInstant: boolean;
  reason: string | null;
  creditorCredited: boolean;
  /** What the bank contradicts; empty where it is the status. */
  contradiction: string[];
  contradictedAt: Date | null;
  initiatedAt: Date | null;
  returnedAt: Date | null;
  settledAt: Date | null;
  dismissedAt: Date | null;
  /** The provider wants no reading before this time. */
  waitUntil: Date | null;
  /** When the quarantine of an order without an answer ends; null where it is in none. */
  quarantineEndsAt: Date | null;
  traceparent: string | null;
  /** When it was last looked up in the transactions of its account, and the result. */
  lookedUpAt: Date | null;
  lookUp: LookUp | null;
  next: NextAct;
  /** The oldest first. */
  timeline: TimelineEntry[];
}

/** The operator who acts, and why. */
export interface Author {
  actorName: string;
  reason: string;
}

export interface SoughtPayment {
  /** Drop's id, the short reference, the end-to-end identification, or the id at one of `providers`. */
  name: string;
  providers: readonly string[];
  /** The rules of the providers for orders without an answer, by their ids. */
  unanswered?: Readonly<Record<string, UnansweredAtProvider>>;
}

/**
 * Explains a payment, and keeps for five years who looked and why, in the same transaction.
 *
 * @throws {DropError} `not_found`; `invalid_request` when several payments have that id.
 */
export async function explainPayment(
  { store, clock, entropy }: OperatorContext,
  { name, providers, unanswered = {} }: SoughtPayment,
  { actorName, reason: why }: Author,
): Promise<ExplainedPayment> {
  return store.database.transaction().execute(async (transaction) => {
    const row = await namedPayment(transaction, name, providers);
    const { id: paymentId, user_id: userId } = row;
    const explained = await whole(transaction, row, unanswered[row.provider]);
    const access = { paymentId, userId, actorName, what: 'timeline', why, at: clock.now() } as const;
    await logPaymentAccess(transaction, access, entropy.token());
    return explained;
  });
}

/** @throws {DropError} `not_found`; `invalid_request` when several payments have that id. */
export async function namedPayment(
  queries: Queries,
  name: string,
  providers: readonly string[],
): Promise<PaymentRow> {
  const id = paymentIdOf(name);
  const byId = id === undefined ? undefined : await findPaymentRow(queries, id);
  if (byId) return byId;
  const ending = idEndingOf(name);
  const byEnding = ending === undefined ? [] : await idsByEnding(queries, ending);
  const ids = [...new Set([...byEnding, ...(await idsByReference(queries, name, providers))])];
  if (ids.length > 1)
    throw new DropError('invalid_request', { message: `Several payments have this id: ${ids.join(', ')}.` });
  const [only] = ids;
  const row = only === undefined ? undefined : await findPaymentRow(queries, only);
  if (row) return row;
  throw new DropError('not_found', { message: `There is no payment ${name}.` });
}

async function whole(
  queries: Queries,
  row: PaymentRow,
  unanswered: UnansweredAtProvider | undefined,
): Promise<ExplainedPayment> {
  const payment = listed(row);
  return {
    ...payment,
    endToEndId: endToEndIdOf(row.id),
    kid: row.kid,
    executionDate: row.execution_date,
    isInstant: row.is_instant,
    reason: row.reason,
    creditorCredited: row.creditor_credited,
    contradiction: row.contradiction ?? [],
    contradictedAt: row.contradicted_at,
    initiatedAt: row.initiated_at,
    returnedAt: row.returned_at,
    settledAt: row.settled_at,
    dismissedAt: row.dismissed_at,
    waitUntil: row.wait_until,
    quarantineEndsAt: (unanswered && quarantineEnd(row, unanswered)) ?? null,
    traceparent: row.traceparent,
    lookedUpAt: row.looked_up_at,
    lookUp: row.look_up,
    next: nextActOf(row, unanswered),
    timeline: await readTimeline(queries, { ...payment, traceparent: row.traceparent }),
  };
}
