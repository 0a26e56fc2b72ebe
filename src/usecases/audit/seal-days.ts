import { canonicalJson } from '#domain/audit/canonical.ts';
import { auditDay, dayAfter } from '#domain/audit/day.ts';
import { statementHash } from '#domain/audit/root.ts';
import { closeDay, firstDayOfEntries } from '#store/audit/days.ts';
import { findRoot, insertRoot, type KeptRoot } from '#store/audit/roots.ts';
import { openCondition } from '../alerts/conditions.ts';
import type { UseCaseContext } from '../context.ts';
import { headsFileName, rootBucket, rootFileName, rootRecordName } from './context.ts';
import { headLines, readDayState } from './day-heads.ts';

/**
 * Signs the root of each day that is over and has none yet, in order. A run that was interrupted is done again: the
 * entries of a closed day do not change, so it comes to the same root.
 */
export async function sealDays(context: UseCaseContext, signal: AbortSignal): Promise<void> {
  const { store, clock } = context;
  let last = await findRoot(store.maintenance);
  let day = last ? dayAfter(last.day) : await firstDayOfEntries(store.maintenance);
  while (day !== undefined && day < auditDay(clock.now())) {
    signal.throwIfAborted();
    last = await sealDay(context, day, last);
    if (last === undefined) return;
    day = dayAfter(day);
  }
}

/** Undefined where the storage holds another root of that day. */
async function sealDay(
  context: UseCaseContext,
  day: string,
  before: KeptRoot | undefined,
): Promise<KeptRoot | undefined> {
  const { store, clock, log, audit } = context;
  await closeDay(store.maintenance, day, clock.now());
  const state = await readDayState(store.maintenance, day);
  const previous = before ? statementHash(before.statement) : '';
  const root = { day, ...audit.signer.sign({ ...state, previous }) };
  if (!(await storeFiles(context, root))) return undefined;
  await insertRoot(store.maintenance, root);
  const { publicKey, signature } = root;
  log('info', 'the audit trail of a day was signed', { ...state, previous, publicKey, signature });
  return root;
}

async function differs(context: UseCaseContext, day: string): Promise<false> {
  context.log('error', 'the stored root of a day is not that of its entries', { alert: 'audit_broken', day });
  const parameters = { day, findings: 1, first: 'file_differs' };
  await openCondition(context, 'audit_broken', { subject: day, parameters });
  return false;
}

/** Writes the list first: a root whose list is missing would look changed. Never replaces another root. */
async function storeFiles(context: UseCaseContext, root: KeptRoot): Promise<boolean> {
  const { store, audit, services } = context;
  const { day, ...signed } = root;
  const text = canonicalJson(signed);
  const kept = await rootBucket(services.files)?.keep(rootRecordName(day), text);
  if (kept === 'differs') return differs(context, day);
  const { files } = audit;
  if (!files) return true;
  const there = (await files.read(rootFileName(day)))?.trim();
  if (there === text) return true;
  if (there !== undefined) return differs(context, day);
  await files.write(headsFileName(day), headLines(store.maintenance, day));
  await files.write(rootFileName(day), [text]);
  return true;
}
