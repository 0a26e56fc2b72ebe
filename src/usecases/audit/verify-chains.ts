import { paymentOf, type AuditEntry, type AuditKind } from '#domain/audit/entry.ts';
import type { Database, Queries } from '#store/database.ts';
import {
  newestCall,
  onOneState,
  readChains,
  readEntries,
  readRecorded,
  readSubjects,
  type RecordedRows,
} from '#store/audit/read.ts';
import { auditSources } from '#store/audit/sources.ts';
import { readHistories } from '#store/payment-histories.ts';
import type { PartReport } from './findings.ts';
import { judgeChain, type Circumstances } from './judge-chain.ts';
import { judgePayment } from './judge-payment.ts';

/** As many chains are in memory at once. */
const chainsPerPage = 200;

export interface ChainsToVerify {
  /** Only chains with an entry on that day; all without it. */
  day?: string | undefined;
  /** From when on every row has an entry; undefined while that is not known. */
  since: Date | undefined;
  now: Date;
}

/** Verifies chains page by page. */
export async function* verifyChains(
  database: Database,
  which: ChainsToVerify,
): AsyncGenerator<PartReport & { chains: number }> {
  for (let after = ''; ;) {
    const { chains, report } = await onOneState(database, async (queries) => {
      const page = await readChains(queries, { after, day: which.day, limit: chainsPerPage });
      return { chains: page, report: await verifyThese(queries, page, which) };
    });
    yield { ...report, chains: chains.length };
    const last = chains.at(-1);
    if (chains.length < chainsPerPage || last === undefined) return;
    after = last;
  }
}

/** Verifies the chain of one payment. */
export async function verifyChain(
  database: Database,
  chain: string,
  which: ChainsToVerify,
): Promise<PartReport & { chains: number }> {
  const report = await onOneState(database, async (queries) => verifyThese(queries, [chain], which));
  return { ...report, chains: report.entries > 0 ? 1 : 0 };
}

async function verifyThese(
  queries: Queries,
  chains: readonly string[],
  { since, now }: ChainsToVerify,
): Promise<PartReport> {
  const entries = await readEntries(queries, chains);
  const circumstances = await circumstancesOf(queries, entries, now);
  const payments = await readHistories(
    queries,
    chains.flatMap((chain) => paymentOf(chain) ?? []),
  );
  const report: PartReport = { entries: 0, findings: [], erased: 0, expired: 0 };
  const byChain = Map.groupBy(entries, ({ chain }) => chain);
  for (const chain of chains) {
    const own = byChain.get(chain) ?? [];
    const judged = judgeChain(own, circumstances);
    const history = payments.get(paymentOf(chain) ?? '');
    const messages = circumstances.recorded.notice;
    report.entries += judged.entries;
    report.erased += judged.erased;
    report.expired += judged.expired;
    const broken = judgePayment(chain, own, { history, messages, since });
    report.findings.push(...judged.findings, ...broken);
  }
  return report;
}

async function circumstancesOf(
  queries: Queries,
  entries: readonly AuditEntry[],
  now: Date,
): Promise<Circumstances> {
  const subjects = [...new Set(entries.flatMap(({ subject }) => subject ?? []))];
  const recorded: Partial<Record<AuditKind, RecordedRows>> = {};
  for (const kind of Object.keys(auditSources) as AuditKind[]) {
    const ids = entries.filter((entry) => entry.kind === kind).flatMap(({ rows }) => rows.split(','));
    if (ids.length > 0) recorded[kind] = await readRecorded(queries, kind, ids);
  }
  return {
    recorded,
    subjects: await readSubjects(queries, subjects),
    newestCall: await newestCall(queries),
    now,
  };
}
