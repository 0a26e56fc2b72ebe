import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { Run } from '#inbox/postgres/run.ts';
import * as arrivals from '#inbox/postgres/store.ts';
import * as work from '#inbox/postgres/work.ts';
import type { ClaimedWebhook, NewWebhook, WebhookClaim } from '#inbox/storage.ts';
import { webhooksChannel } from '../changes.ts';
import type { Queries } from '../database.ts';
import { prepared, runPrepared, type PreparedStatement } from '../prepared.ts';

const statements = new Map<string, PreparedStatement>();

function statementOf(name: string, text: string): PreparedStatement {
  const statement = statements.get(name) ?? prepared(name, text);
  statements.set(name, statement);
  return statement;
}

/** Storing is a named prepared statement, because planning it takes as long as storing a few rows. */
function runOnPool(pool: Pick<pg.Pool, 'query'>): Run {
  return (text, values, name) =>
    name === undefined ? pool.query(text, values) : runPrepared(pool, statementOf(name, text), values);
}

function runOn(queries: Queries): Run {
  return (text, values) => queries.executeQuery(CompiledQuery.raw(text, values));
}

/** `storeWebhooks` of the inbox, on Drop's channel. */
export function storeWebhooks(
  pool: Pick<pg.Pool, 'query'>,
  webhooks: readonly NewWebhook[],
): Promise<boolean[]> {
  return arrivals.storeWebhooks(runOnPool(pool), webhooks, webhooksChannel);
}

/** `claimWebhooks` of the inbox. */
export function claimWebhooks(
  queries: Queries,
  now: Date,
  options: { limit: number; leaseMs: number },
): Promise<ClaimedWebhook[]> {
  return work.claimWebhooks(runOn(queries), now, options);
}

/** `releaseWebhooks` of the inbox, on Drop's channel. */
export function releaseWebhooks(queries: Queries, claims: readonly WebhookClaim[], now: Date): Promise<void> {
  return work.releaseWebhooks(runOn(queries), claims, { now, channel: webhooksChannel });
}

/** `webhooksHandled` of the inbox. */
export function webhooksHandled(
  queries: Queries,
  claims: readonly WebhookClaim[],
  at: Date,
): Promise<boolean[]> {
  return work.webhooksHandled(runOn(queries), claims, at);
}

/** `webhookFailed` of the inbox. */
export function webhookFailed(
  queries: Queries,
  claim: WebhookClaim,
  failure: { error: string; retryAt: Date | undefined },
): Promise<boolean> {
  return work.webhookFailed(runOn(queries), claim, failure);
}

/** Since when the webhook has been due that has waited the longest; undefined when none is due. */
export async function oldestDueWebhook(queries: Queries, now: Date): Promise<Date | undefined> {
  const found = await queries
    .selectFrom('webhook_inbox')
    .select('next_attempt_at as dueAt')
    .where('status', '=', 'received')
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(1)
    .executeTakeFirst();
  return found?.dueAt;
}
