import { canonicalJson } from '#domain/audit/canonical.ts';
import { headLine } from '#domain/audit/merkle.ts';
import { paymentOf } from '#domain/audit/entry.ts';
import { isSigned, readStatement, statementHash } from '#domain/audit/root.ts';
import { dayAfter } from '#domain/audit/day.ts';
import { isDropError } from '#domain/errors.ts';
import type { KeptRecords } from '#services/file-storage/service.ts';
import { headsOfDay } from '#store/audit/days.ts';
import type { RootFiles } from '#store/audit/root-files.ts';
import { findRoot, type KeptRoot } from '#store/audit/roots.ts';
import type { Database } from '#store/database.ts';
import { headsFileName, rootFileName, rootRecordName } from './context.ts';
import { readDayState } from './day-heads.ts';
import type { AuditFinding } from './findings.ts';

export interface RootTrust {
  /** Public keys in base64url. */
  keys: ReadonlySet<string>;
  /** Undefined where the files are not at hand: then only the database is read. */
  files: RootFiles | undefined;
  /** Undefined where there is no bucket, or it is not at hand. */
  bucket: Pick<KeptRecords, 'read'> | undefined;
}

/** Verifies the root of a day against its entries, its key, the root of the day before, its file and its record. */
export async function verifyRoot(
  database: Database,
  day: string,
  { keys, files, bucket }: RootTrust,
): Promise<AuditFinding[]> {
  const root = await findRoot(database, day);
  const findings = [
    ...(files ? await verifyFile(files, day, root) : []),
    ...(bucket ? await verifyRecord(bucket, day, root) : []),
  ];
  if (!root) return [{ fault: 'root_missing', day }, ...findings];
  if (!keys.has(root.publicKey)) findings.push({ fault: 'key_unknown', day });
  const statement = readStatement(root.statement);
  const before = await findRoot(database, dayAfter(day, -1));
  const isNext =
    statement?.day === day && statement.previous === (before ? statementHash(before.statement) : '');
  if (!isNext || !isSigned(root)) findings.push({ fault: 'root_changed', day });
  const { chains, entries, heads } = await readDayState(database, day);
  const isSame = statement?.chains === chains && statement.entries === entries && statement.heads === heads;
  if (isSame) return findings;
  return [
    ...findings,
    { fault: 'day_changed', day },
    ...(files ? await changedChains(database, day, files) : []),
  ];
}

async function verifyFile(
  files: RootFiles,
  day: string,
  root: KeptRoot | undefined,
): Promise<AuditFinding[]> {
  const text = (await files.read(rootFileName(day)))?.trim();
  if (text === undefined) return root ? [{ fault: 'file_missing', day }] : [];
  return !root || text === textOf(root) ? [] : [{ fault: 'file_differs', day }];
}

/** The text that is stored of a root. */
function textOf({ statement, publicKey, signature }: KeptRoot): string {
  return canonicalJson({ statement, publicKey, signature });
}

/** A root of a time without the bucket has no record: one is missing only where that of the day before is there. */
async function verifyRecord(
  bucket: Pick<KeptRecords, 'read'>,
  day: string,
  root: KeptRoot | undefined,
): Promise<AuditFinding[]> {
  if (!root) return [];
  try {
    const text = await bucket.read(rootRecordName(day));
    if (text !== undefined) return text === textOf(root) ? [] : [{ fault: 'record_differs', day }];
    const before = await bucket.read(rootRecordName(dayAfter(day, -1)));
    return before === undefined ? [] : [{ fault: 'record_missing', day }];
  } catch (error) {
    if (!isDropError(error)) throw error;
    return [{ fault: 'record_unread', day }];
  }
}

const changedMax = 1_000;

/** The chains whose heads are not those of the list that was stored with the root, at most a thousand. */
async function changedChains(database: Database, day: string, files: RootFiles): Promise<AuditFinding[]> {
  const findings: AuditFinding[] = [];
  const heads = headsOfDay(database, day);
  let head = await heads.next();
  const note = (chain: string, sequence: number): void => {
    const payment = paymentOf(chain);
    const at = {
      fault: 'chain_broken',
      ...(payment !== undefined && { payment }),
      chain,
      sequence,
      day,
    } as const;
    if (findings.length < changedMax) findings.push(at);
  };
  for await (const line of files.lines(headsFileName(day))) {
    const [chain = '', sequence = ''] = line.split(' ');
    for (; head.done !== true && head.value.chain < chain; head = await heads.next())
      note(head.value.chain, head.value.sequence);
    const isThere = head.done !== true && head.value.chain === chain;
    if (head.done === true || !isThere || headLine(head.value) !== line) note(chain, Number(sequence));
    if (isThere) head = await heads.next();
  }
  for (; head.done !== true; head = await heads.next()) note(head.value.chain, head.value.sequence);
  return findings;
}
