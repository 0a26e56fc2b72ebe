import type { ParityOutcome } from '#domain/routing/parity.ts';
import type { Queries } from '../database.ts';

/** A comparison of the balances of an account at two providers. */
export interface Comparison {
  accountId: string;
  bankKey: string;
  formerProvider: string;
  newProvider: string;
  outcome: ParityOutcome;
  /** Drop's code of the error, and the provider, where a reading failed. */
  fault: { code: string; provider: string } | undefined;
  /** The milliseconds between the two readings; undefined where one failed. */
  apartMs: number | undefined;
  at: Date;
}

export async function addComparison(queries: Queries, comparison: Comparison): Promise<void> {
  await queries
    .insertInto('routing_parity')
    .values({
      account_id: comparison.accountId,
      bank_key: comparison.bankKey,
      former_provider: comparison.formerProvider,
      new_provider: comparison.newProvider,
      outcome: comparison.outcome,
      error_code: comparison.fault?.code ?? null,
      failed_provider: comparison.fault?.provider ?? null,
      apart_ms: comparison.apartMs ?? null,
      compared_at: comparison.at,
    })
    .execute();
}

/** Comparisons of one pair of providers and one bank that had the same result. */
export interface ComparisonCount {
  formerProvider: string;
  newProvider: string;
  bankKey: string;
  outcome: ParityOutcome;
  fault: Comparison['fault'];
  count: number;
}

/** How many comparisons since a time had which result, by providers and bank. */
export async function countComparisons(queries: Queries, since: Date): Promise<ComparisonCount[]> {
  const key = [
    'former_provider',
    'new_provider',
    'bank_key',
    'outcome',
    'error_code',
    'failed_provider',
  ] as const;
  const rows = await queries
    .selectFrom('routing_parity')
    .select(key)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('compared_at', '>=', since)
    .groupBy(key)
    .orderBy('former_provider')
    .orderBy('new_provider')
    .orderBy('bank_key')
    .orderBy('error_code')
    .orderBy('failed_provider')
    .execute();
  return rows.map((row) => ({
    formerProvider: row.former_provider,
    newProvider: row.new_provider,
    bankKey: row.bank_key,
    outcome: row.outcome,
    fault:
      row.error_code === null ? undefined : { code: row.error_code, provider: row.failed_provider ?? '' },
    count: Number(row.count),
  }));
}

/** The newest comparisons since a time that found different balances. */
export async function listDifferences(
  queries: Queries,
  { since, limit }: { since: Date; limit: number },
): Promise<Pick<Comparison, 'accountId' | 'formerProvider' | 'newProvider' | 'apartMs' | 'at'>[]> {
  const rows = await queries
    .selectFrom('routing_parity')
    .selectAll()
    .where('outcome', '=', 'different')
    .where('compared_at', '>=', since)
    .orderBy('compared_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    formerProvider: row.former_provider,
    newProvider: row.new_provider,
    apartMs: row.apart_ms ?? undefined,
    at: row.compared_at,
  }));
}

export async function purgeOldComparisons(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('routing_parity').where('compared_at', '<', before).execute();
}
