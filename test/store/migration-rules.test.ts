import { expect, test } from 'vitest';
import { readMigrationFiles } from '#store/upgrade/files.ts';
import { brokenRules } from '../support/migration-rules.ts';

test('migrations after 0016 can be applied while Drop serves', async () => {
  const files = (await readMigrationFiles()).filter(({ name }) => name > '0017');
  expect(files.flatMap(({ name, sql }) => brokenRules(sql).map((message) => `${name} ${message}`))).toEqual(
    [],
  );
});

test.each([
  ['create index things_name on things (name);', 'builds an index under a lock'],
  ["alter table things add constraint named check (name <> '');", 'checks every row under a lock'],
  [
    'alter table things\n  add column size integer,\n  add check (size > 0);',
    'checks every row under a lock',
  ],
  ['alter table things alter column name set not null;', 'checks every row under a lock'],
  ['alter table things alter column name type text;', 'rewrites the table under a lock'],
])('%s is refused', (sql, message) => {
  expect(brokenRules(sql)).toEqual([expect.stringContaining(message)]);
});

test.each([
  'create index concurrently if not exists things_name on things (name);',
  'alter table things add column size integer;',
  "alter table things add constraint named check (name <> '') not valid;",
  'alter table things validate constraint named;',
  '-- create index things_name on things (name);\nselect 1;',
  'create table things (name text);\ncreate index things_name on things (name);',
])('%s is accepted', (sql) => {
  expect(brokenRules(sql)).toEqual([]);
});
