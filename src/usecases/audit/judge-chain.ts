import { digestOf, hashOf, noHash, paymentOf, type AuditEntry, type AuditKind } from '#domain/audit/entry.ts';
import type { RecordedRows, Subjects } from '#store/audit/read.ts';
import { auditSources, recordedOf } from '#store/audit/sources.ts';
import type { AuditFault, AuditFinding, PartReport } from './findings.ts';

/** The facts with which entries are compared. */
export interface Circumstances {
  recorded: Readonly<Partial<Record<AuditKind, RecordedRows>>>;
  subjects: Subjects;
  newestCall: number;
  now: Date;
}

/** Judges a chain: whether its entries follow each other, and whether the rows that they record are as they were. */
export function judgeChain(entries: readonly AuditEntry[], circumstances: Circumstances): PartReport {
  const report: PartReport = { entries: entries.length, findings: [], erased: 0, expired: 0 };
  let before: Pick<AuditEntry, 'sequence' | 'hash'> = { sequence: 0, hash: noHash };
  for (const entry of entries) {
    const isNext = entry.sequence === before.sequence + 1 && entry.previous.equals(before.hash);
    if (!isNext) report.findings.push(findingOf('chain_broken', entry));
    if (!hashOf(entry).equals(entry.hash)) report.findings.push(findingOf('entry_changed', entry));
    const content = judgeContent(entry, circumstances);
    if (content === 'erased') report.erased += 1;
    else if (content === 'expired') report.expired += 1;
    else if (content !== 'whole') report.findings.push(findingOf(content, entry));
    before = entry;
  }
  return report;
}

/** A finding at an entry. */
function findingOf(fault: AuditFault, { chain, sequence, kind, rows }: AuditEntry): AuditFinding {
  const payment = paymentOf(chain);
  const table = auditSources[kind as AuditKind]?.table;
  return {
    fault,
    ...(payment !== undefined && { payment }),
    chain,
    sequence,
    ...(table !== undefined && { row: `${table} ${rows}` }),
  };
}

type Content = 'whole' | 'erased' | 'expired' | 'row_changed' | 'row_removed' | 'salt_removed';

function judgeContent(entry: AuditEntry, circumstances: Circumstances): Content {
  const { salt, facts, digest, rows, subject } = entry;
  const kind = entry.kind as AuditKind;
  const { subjects, recorded } = circumstances;
  // Only the data of a customer who is gone are erased: anyone with the database's password can add the entry of it.
  const isErased = subject !== null && subjects.erased.has(subject) && !subjects.present.has(subject);
  if (salt === null) return isErased ? 'erased' : 'salt_removed';
  if (facts !== null) return digestOf(salt, facts).equals(digest) ? 'whole' : 'row_changed';
  const ids = rows.split(',');
  const found = ids.map((id) => recorded[kind]?.get(id)).filter((row) => row !== undefined);
  if (found.length < ids.length) return mayBeGone(entry, circumstances) ? 'expired' : 'row_removed';
  const content = found.map((row) => recordedOf(kind, row));
  return digestOf(salt, content).equals(digest) ? 'whole' : 'row_changed';
}

/** Whether Drop itself may have deleted rows of the entry, because their time is over or their customer has left. */
function mayBeGone(entry: AuditEntry, { subjects, newestCall, now }: Circumstances): boolean {
  const source = auditSources[entry.kind as AuditKind];
  if (source === undefined) return false;
  const { keptMsMin, rowsMax } = source;
  if (keptMsMin !== undefined && now.getTime() - entry.at.getTime() >= keptMsMin) return true;
  // The messages of a customer go with the customer.
  if (entry.kind === 'notice') return entry.subject !== null && !subjects.present.has(entry.subject);
  const oldest = Number(entry.rows.split(',')[0]);
  return rowsMax !== undefined && oldest <= newestCall - rowsMax;
}
