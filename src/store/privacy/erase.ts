import { sql } from 'kysely';
import type { ErasureStep } from '#domain/erasure.ts';
import type { OpenTransaction, Queries } from '../database.ts';
import { tablesWhere, type NamedTable } from './catalogue.ts';
import { rowsOf } from './rows.ts';

/** Erases what the catalogue says goes with `step`, in the transaction that notes that the step is done. */
export async function eraseStep(
  transaction: OpenTransaction,
  userId: string,
  step: ErasureStep,
): Promise<void> {
  const concerned = tablesWhere((closing) => 'step' in closing && closing.step === step);
  for (const named of concerned) await eraseRows(transaction, named, userId);
}

/** Erases what the law had kept of a customer who has left. */
export async function eraseKept(transaction: OpenTransaction, userId: string): Promise<void> {
  const kept = tablesWhere(({ rows }) => rows === 'kept' || rows === 'erased_or_emptied');
  for (const named of kept) await eraseRows(transaction, named, userId);
}

async function eraseRows(queries: Queries, named: NamedTable, userId: string): Promise<void> {
  const { name, table } = named;
  const theirs = rowsOf(named, userId);
  if (!theirs) return;
  if (table.closing.rows !== 'erased_or_emptied') {
    await sql`delete from ${sql.table(name)} where ${theirs}`.execute(queries);
    return;
  }
  const { neededBy } = table.closing;
  const isNeeded = sql`exists (
    select from transactions where ${sql.ref(`transactions.${neededBy}`)} = ${sql.ref(`${name}.id`)}
  )`;
  await sql`delete from ${sql.table(name)} where ${theirs} and not ${isNeeded}`.execute(queries);
  const emptied = (table.emptied ?? []).map((column) => sql`${sql.ref(column)} = null`);
  await sql`update ${sql.table(name)} set ${sql.join(emptied)} where ${theirs}`.execute(queries);
}
