import { bankingTables } from './catalogue/banking.ts';
import { cardTables } from './catalogue/cards.ts';
import { messageTables } from './catalogue/messages.ts';
import { operationTables } from './catalogue/operations.ts';
import { paymentTables } from './catalogue/payments.ts';
import { peopleTables } from './catalogue/people.ts';
import type { CataloguedTable, Closing } from './column.ts';

/**
 * Every table with every column: whether it is personal data, why and how long it is kept, what the customer's copy
 * has of it, and what the erasure does with it. The copy, the erasure and the tables of `docs/privacy.md` derive from
 * it, and a test compares it with the database.
 *
 * A table comes before those that its foreign keys lead to, so that rows can be deleted in this order.
 */
export const catalogue: Readonly<Record<string, CataloguedTable>> = {
  ...messageTables,
  ...paymentTables,
  ...cardTables,
  ...bankingTables,
  ...peopleTables,
  ...operationTables,
};

export interface NamedTable {
  name: string;
  table: CataloguedTable;
}

/** The tables in whose rows `closing` says so, in the order in which rows can be deleted. */
export function tablesWhere(matches: (closing: Closing) => boolean): NamedTable[] {
  return Object.entries(catalogue).flatMap(([name, table]) =>
    matches(table.closing) ? [{ name, table }] : [],
  );
}

/** The columns of a table that are in the catalogue; one that is there twice is listed twice. */
export function cataloguedColumns({ given = [], withheld = {}, technical = [] }: CataloguedTable): string[] {
  return [...given, ...Object.keys(withheld), ...technical];
}
