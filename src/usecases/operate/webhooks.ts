import { DropError } from '#domain/errors.ts';
import { countReplayable, replayWebhooks } from '#store/inbox/replay.ts';
import {
  countWebhooks as countByStatus,
  listWebhooks,
  webhookStatuses,
  type InboxEntry,
  type WebhookFilters,
  type WebhookStatus,
} from '#store/inbox/search.ts';
import type { OperatorContext } from './context.ts';
import { pageOf, type Page } from './page.ts';

/** What the inbox holds, the newest first. */
export async function searchWebhooks(
  { store }: OperatorContext,
  filters: WebhookFilters,
  limit: number,
): Promise<Page<InboxEntry>> {
  return pageOf(await listWebhooks(store.database, filters, limit + 1), limit);
}

/** How many, by provider and status; 0 is said too. */
export type WebhookCounts = Record<string, Record<string, number>>;

export async function countWebhooks(
  { store }: OperatorContext,
  filters: WebhookFilters,
): Promise<WebhookCounts> {
  const statuses = filters.status ? [filters.status] : webhookStatuses;
  const counts: WebhookCounts = {};
  for (const { provider, status, count } of await countByStatus(store.database, filters)) {
    counts[provider] ??= Object.fromEntries(statuses.map((name) => [name, 0]));
    counts[provider][status] = count;
  }
  return counts;
}

export interface ReplayRequest {
  /** Recorded with the replay, and the operator's name. */
  reason: string;
  actorName: string;
  /** At most so many, the oldest first. */
  limit: number;
  /** Only counts. */
  dryRun: boolean;
}

export interface ReplayResult {
  dryRun: boolean;
  /** How many the filters find, whatever the limit. */
  matched: number;
  replayed: number;
  replayId?: number;
}

/** Why webhooks of these filters are not replayed: `no_filter` would replay everything; undefined where they are. */
export function replayFaultOf(filters: {
  status?: WebhookStatus | undefined;
}): 'no_filter' | 'not_handled_yet' | undefined {
  if (Object.values(filters).every((value) => value === undefined)) return 'no_filter';
  return filters.status === 'received' ? 'not_handled_yet' : undefined;
}

/**
 * Has handled and dead webhooks handled again.
 *
 * @throws {DropError} `invalid_request` for filters that `replayFaultOf` faults.
 */
export async function replay(
  { store, clock, entropy }: OperatorContext,
  filters: WebhookFilters,
  { reason, actorName, limit, dryRun }: ReplayRequest,
): Promise<ReplayResult> {
  const fault = replayFaultOf(filters);
  if (fault !== undefined) throw new DropError('invalid_request', { message: `no replay: ${fault}` });
  const matched = await countReplayable(store.database, filters);
  if (dryRun) return { dryRun, matched, replayed: 0 };
  const replayed = { filters, reason, by: actorName, limit, at: clock.now(), salt: entropy.token() };
  return { dryRun, matched, ...(await replayWebhooks(store.database, replayed)) };
}
