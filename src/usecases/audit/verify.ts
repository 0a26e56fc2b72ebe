import { auditDay, dayAfter, startOfDay } from '#domain/audit/day.ts';
import { paymentChain } from '#domain/audit/entry.ts';
import type { Clock } from '#domain/clock.ts';
import { firstDayOfEntries } from '#store/audit/days.ts';
import { firstDayOfRoots } from '#store/audit/roots.ts';
import { readUnlinked } from '#store/audit/unlinked.ts';
import type { Database } from '#store/database.ts';
import type { AuditFinding, PartReport } from './findings.ts';
import { verifyChain, verifyChains, type ChainsToVerify } from './verify-chains.ts';
import { verifyRoot, type RootTrust } from './verify-roots.ts';

/** Which part of the trail is verified; the whole unless said. */
export interface AuditScope {
  /** `YYYY-MM-DD`, inclusive; so is `until`. */
  since?: string | undefined;
  until?: string | undefined;
  /** One payment alone, without roots. */
  payment?: string | undefined;
}

export interface AuditReport extends PartReport {
  chains: number;
  /** How many days had their roots verified. */
  roots: number;
  /** The number of findings: of more than a thousand, only so many are in `findings`. */
  found: number;
}

export interface Verifying {
  database: Database;
  clock: Clock;
  trust: RootTrust;
  onProgress?: (report: Pick<AuditReport, 'chains' | 'entries' | 'roots'>) => void;
  /** Ends the verification at its next step, by an error. */
  signal?: AbortSignal;
}

const findingsMax = 1_000;
/** While an upgrade is under way, processes of a version without the trail still write. */
const upgradeDays = 2;
/** By then the root of the day before is signed, unless something is wrong. */
const sealedAfterMs = 3 * 3_600_000;

/** Verifies the audit trail and the rows that it records, in bounded memory. */
export async function verifyAudit(verifying: Verifying, scope: AuditScope = {}): Promise<AuditReport> {
  const { database, clock } = verifying;
  const now = clock.now();
  const first = await firstDayOfRoots(database);
  const since = first === undefined ? undefined : startOfDay(dayAfter(first, upgradeDays));
  const whole = { chains: 0, entries: 0, roots: 0, erased: 0, expired: 0, found: 0, findings: [] };
  const add = adder(whole, verifying);
  if (scope.payment !== undefined) {
    add(await verifyChain(database, paymentChain(scope.payment), { since, now }));
    return whole;
  }
  const days = await daysOf(verifying, scope, now);
  const isWhole = scope.since === undefined && scope.until === undefined;
  for (const day of isWhole ? [undefined] : [...days, ...todayIn(scope, now)]) {
    const which: ChainsToVerify = { day, since, now };
    for await (const part of verifyChains(database, which)) add(part);
  }
  for (const day of days) add({ findings: await verifyRoot(database, day, verifying.trust), roots: 1 });
  if (since !== undefined) add({ findings: await unlinked(database, scope, { since, now }) });
  return whole;
}

function adder(whole: AuditReport, { onProgress, signal }: Verifying) {
  return (part: Partial<AuditReport> & { findings: readonly AuditFinding[] }): void => {
    signal?.throwIfAborted();
    for (const count of ['chains', 'entries', 'roots', 'erased', 'expired'] as const)
      whole[count] += part[count] ?? 0;
    whole.found += part.findings.length;
    whole.findings.push(...part.findings.slice(0, findingsMax - whole.findings.length));
    onProgress?.(whole);
  };
}

/** The days of `scope` that are over and whose roots are due, from the first that anything tells of. */
async function daysOf({ database, trust }: Verifying, scope: AuditScope, now: Date): Promise<string[]> {
  const files = (await trust.files?.names()) ?? [];
  const known = [
    await firstDayOfEntries(database),
    await firstDayOfRoots(database),
    ...files.map((name) => /^(\d{4}-\d\d-\d\d)\.json$/.exec(name)?.[1]),
  ].filter((day) => day !== undefined);
  const first = known.sort()[0];
  if (first === undefined) return [];
  const last = auditDay(new Date(now.getTime() - sealedAfterMs));
  const days: string[] = [];
  for (let day = first; day < last; day = dayAfter(day)) days.push(day);
  return days.filter((day) => day >= (scope.since ?? day) && day <= (scope.until ?? day));
}

/** Days without a root yet. */
function todayIn({ since, until }: AuditScope, now: Date): string[] {
  const last = auditDay(new Date(now.getTime() - sealedAfterMs));
  const days = [...new Set([last, auditDay(now)])];
  return days.filter((day) => day >= (since ?? day) && day <= (until ?? day));
}

async function unlinked(
  database: Database,
  scope: AuditScope,
  { since, now }: { since: Date; now: Date },
): Promise<AuditFinding[]> {
  const from = scope.since === undefined ? since : startOfDay(scope.since);
  const until = scope.until === undefined ? new Date(now.getTime() + 1) : startOfDay(dayAfter(scope.until));
  const rows = await readUnlinked(database, { since: from > since ? from : since, until });
  return rows.map(({ table, id }) => {
    const payment = table === 'transactions' ? { payment: id } : {};
    return { fault: 'row_added', ...payment, row: `${table} ${id}` };
  });
}
