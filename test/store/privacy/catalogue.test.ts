import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { catalogue, cataloguedColumns, tablesWhere } from '#store/privacy/catalogue.ts';
import { privacyPages } from '../../../scripts/privacy-tables.ts';
import { testStore } from '../../support/database.ts';

interface FoundColumn {
  table: string;
  column: string;
  isNullable: boolean;
}

async function columnsOfDatabase(): Promise<FoundColumn[]> {
  const { database } = await testStore();
  const { rows } = await sql<FoundColumn>`
    select table_name as "table", column_name as "column", is_nullable = 'YES' as "isNullable"
    from information_schema.columns
    where table_schema = 'public' and table_name <> 'migrations' order by 1, 2
  `.execute(database);
  return rows;
}

const whatToDo =
  'is not in src/store/privacy/catalogue/. Add it to its table there: to `given` if it is personal data (the ' +
  'customer’s copy then has it), to `withheld` with the reason if the copy must not have it, to `technical` if it ' +
  'says nothing of a person. A new table also says why and how long it is kept, and what a closing does with it. ' +
  'Then run `npm run privacy-tables`.';

test('every column of the database is in the catalogue, and no other', async () => {
  const found = (await columnsOfDatabase()).map(({ table, column }) => `${table}.${column}`);
  const catalogued = Object.entries(catalogue).flatMap(([name, table]) =>
    cataloguedColumns(table).map((column) => `${name}.${column}`),
  );
  expect(
    found.filter((column) => !catalogued.includes(column)).map((column) => `${column} ${whatToDo}`),
  ).toEqual([]);
  expect(catalogued.filter((column) => !found.includes(column))).toEqual([]);
  expect(catalogued.filter((column, index) => catalogued.indexOf(column) !== index)).toEqual([]);
});

test('a table with personal data says why and how long it has them, and what a closing does with them', () => {
  const tables = tablesWhere(() => true).filter(({ table }) => table.given ?? table.withheld);
  const silent = tables.filter(
    ({ table }) => table.basis === undefined || table.title === '' || table.kept === '' || table.why === '',
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('what the copy is given is found by the customer', () => {
  const lost = tablesWhere(() => true).filter(({ table }) => table.given && !table.rowsOf);
  expect(lost.map(({ name }) => name)).toEqual([]);
});

test('a column with the id of a customer is how the rows of the table are found', async () => {
  const naming = (await columnsOfDatabase()).filter(({ column }) => column === 'user_id');
  const unfound = naming.filter(({ table }) => catalogue[table]?.rowsOf?.column !== 'user_id');
  expect(unfound.map(({ table }) => table)).toEqual([]);
});

test('columns that an erasure empties can be null', async () => {
  const columns = await columnsOfDatabase();
  const emptied = tablesWhere(() => true).flatMap(({ name, table }) =>
    (table.emptied ?? []).map((column) =>
      columns.find((each) => each.table === name && each.column === column),
    ),
  );
  expect(emptied.filter((column) => column?.isNullable !== true)).toEqual([]);
  expect(emptied).not.toEqual([]);
});

test('tables come before those that their foreign keys lead to', async () => {
  const { database } = await testStore();
  const { rows } = await sql<{ from: string; to: string }>`
    select conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint
    where contype = 'f' and connamespace = 'public'::regnamespace and confdeltype <> 'c'
  `.execute(database);
  const order = Object.keys(catalogue);
  const wrong = rows.filter(({ from, to }) => order.indexOf(from) > order.indexOf(to) && to !== 'incidents');
  expect(wrong).toEqual([]);
});

test('the privacy pages are as `npm run privacy-tables` writes them', () => {
  for (const { current, wanted } of privacyPages()) expect(current).toBe(wanted);
});
