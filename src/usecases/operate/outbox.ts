import {
  countDead,
  listEntries,
  reviveEntries,
  type OutboxEntry,
  type OutboxFilters,
} from '#store/outbox/search.ts';
import type { OperatorContext } from './context.ts';
import { pageOf, type Page } from './page.ts';
import type { Actor } from './record-act.ts';

/** What the outbox holds, the newest first. */
export async function searchOutbox(
  { store }: OperatorContext,
  filters: OutboxFilters,
  limit: number,
): Promise<Page<OutboxEntry>> {
  return pageOf(await listEntries(store.database, filters, limit + 1), limit);
}

export interface RetryResult {
  dryRun: boolean;
  /** How many dead messages the filters find, whatever the limit. */
  matched: number;
  retried: number;
}

/** Has dead messages delivered again, at most `limit`, the oldest first. */
export async function retryDead(
  { store, clock, entropy }: OperatorContext,
  filters: OutboxFilters,
  { limit, dryRun, actorName, reason }: { limit: number; dryRun: boolean } & Actor,
): Promise<RetryResult> {
  const matched = await countDead(store.database, filters);
  if (dryRun) return { dryRun, matched, retried: 0 };
  const act = { id: entropy.uuid(), at: clock.now(), salt: entropy.token(), operator: actorName, reason };
  const revived = { filters, limit, act };
  return { dryRun, matched, retried: await reviveEntries(store.database, revived) };
}
