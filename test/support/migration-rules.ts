/** What a migration must not do while another version of Drop serves, and what to do instead. */
interface MigrationRule {
  message: string;
  isBroken: (statement: string) => boolean;
}

const rules: readonly MigrationRule[] = [
  {
    message:
      'builds an index under a lock: "create index concurrently if not exists", -- outside-transaction',
    isBroken: (statement) => /^create (unique )?index (?!concurrently)/.test(statement),
  },
  {
    message: 'checks every row under a lock: add the constraint "not valid", and validate it in a later file',
    isBroken: (statement) =>
      /^alter table .*\badd (constraint|check|foreign key)\b/.test(statement) &&
      !/\bnot valid$/.test(statement),
  },
  {
    message: 'checks every row under a lock: add a "check (… is not null) not valid" first, and validate it',
    isBroken: (statement) => /^alter table .*\bset not null\b/.test(statement),
  },
  {
    message: 'rewrites the table under a lock: add a column, and fill it in batches',
    isBroken: (statement) => /^alter table .*\balter (column )?\w+ (set data )?type\b/.test(statement),
  },
];

/** The rules that a migration breaks. Tables that it makes itself are not in use yet. */
export function brokenRules(sql: string): string[] {
  const statements = sql
    .replaceAll(/--.*$/gm, '')
    .toLowerCase()
    .split(/;\s*$/m)
    .map((statement) => statement.replaceAll(/\s+/g, ' ').trim());
  const own = statements.map((statement) => /^create table (\w+)/.exec(statement)?.[1]);
  return statements
    .filter((statement) => !own.some((table) => table && new RegExp(`\\b${table}\\b`).test(statement)))
    .flatMap((statement) => rules.filter(({ isBroken }) => isBroken(statement)))
    .map(({ message }) => message);
}
