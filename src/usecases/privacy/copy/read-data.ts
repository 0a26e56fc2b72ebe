import { assert } from '#domain/errors.ts';
import { onOneState } from '#store/audit/read.ts';
import type { Database } from '#store/database.ts';
import { tablesWhere } from '#store/privacy/catalogue.ts';
import { readGiven } from '#store/privacy/rows.ts';

/** The rows of a customer in one table, with why they are kept. */
export interface CopiedTable {
  name: string;
  title: string;
  why: string;
  kept: string;
  /** The columns of the copy, in the order of the catalogue. */
  columns: readonly string[];
  rows: readonly Readonly<Record<string, unknown>>[];
}

/** No customer has as many; a copy that would leave rows out is not made. */
const rowsMax = 200_000;

/** All that the catalogue gives a customer, as it was at one moment. */
export async function readData(database: Database, userId: string): Promise<CopiedTable[]> {
  return onOneState(database, async (queries) => {
    const tables: CopiedTable[] = [];
    for (const named of tablesWhere(() => true)) {
      const { given = [], title, why, kept } = named.table;
      const rows = await readGiven(queries, named, { userId, limit: rowsMax + 1 });
      assert(rows.length <= rowsMax, `a customer has no more than ${rowsMax} rows of a table`);
      if (rows.length > 0) tables.push({ name: named.name, title, why, kept, columns: given, rows });
    }
    return tables;
  });
}
