import type { ErasureStep } from '#domain/erasure.ts';
import type { Schema } from '../schema.ts';

export type TableName = keyof Schema;

/** Why Drop may keep personal data (GDPR Article 6(1)): letter b, c and f. */
export type LegalBasis = 'contract' | 'law' | 'legitimate interest';

/**
 * What the closing of an account does with the rows of its customer.
 *
 * - `erased`: they are deleted with the step.
 * - `erased_or_emptied`: those that payments refer to lose the columns of `emptied` and are kept with them; the others
 *   are deleted with the step.
 * - `kept`: by law, until the day in `account_closures.kept_until`; then a job deletes them.
 * - `ages`: the time in `kept` goes on, and is short or is set by law.
 * - `stays`: nothing in it leads to a person once the others are gone.
 */
export type Closing =
  | { rows: 'erased'; step: ErasureStep }
  | { rows: 'erased_or_emptied'; step: ErasureStep; neededBy: ColumnOf<'transactions'> }
  | { rows: 'kept' | 'ages' | 'stays' };

/**
 * How the rows of a customer are found: by the customer's id in `column`, or by the id of a row in `of` that is theirs.
 */
export interface RowsOf<Column> {
  column: Column;
  of?: TableName;
}

export type ColumnOf<Name extends TableName> = keyof Schema[Name] & string;

/** A table of the catalogue. Each column is in one of `given`, `withheld` and `technical`. */
export interface CataloguedTable<Column extends string = string> {
  /** The group of rows in `docs/privacy.md`. */
  title: string;
  holds: string;
  why: string;
  /** Absent where the table has no personal data. */
  basis?: LegalBasis;
  kept: string;
  /** Absent where no column names a customer. */
  rowsOf?: RowsOf<Column>;
  closing: Closing;
  /** Personal data; the customer's copy has them. */
  given?: readonly Column[];
  /** Personal data that the copy does not have, with the reason. */
  withheld?: Readonly<Partial<Record<Column, string>>>;
  /** No personal data: what the work itself needs. */
  technical?: readonly Column[];
  /** With `erased_or_emptied`: the columns that are set to null. */
  emptied?: readonly Column[];
}

/** A part of the catalogue: the tables of one group. */
export type CataloguePart = { readonly [Name in TableName]?: CataloguedTable<ColumnOf<Name>> };

export const reasons = {
  credential: 'opens an account or a session',
  hash: 'a hash that means nothing outside Drop',
  employee: 'the name of an employee',
  investigation: 'may show a control against money laundering (hvitvaskingsloven § 28)',
  elsewhere: 'the copy has it in another table',
} as const;

/** A table without personal data, which only Drop's own work needs. */
export function technical<const Column extends string>(holds: string, columns: readonly Column[]) {
  const nothing = { title: '', why: '', kept: '', closing: { rows: 'stays' } } as const;
  return { ...nothing, holds, technical: columns };
}
