import { readdir, writeFile } from 'node:fs/promises';
import pg from 'pg';

/** What a released version of Drop asks of its database. */
export interface ReleasedVersion {
  /** Its statements with parameters, each once. */
  statements: string[];
  /** The columns of each table, which its inserts fill or leave to their defaults. */
  columns: Record<string, string[]>;
}

/** One file for each released version, named after its newest migration. */
export const releasedDirectory = new URL('../store/released/', import.meta.url);

/** Has the server log what `readStatements` reads: a mark at each entry, and every statement. */
export const recording = [
  `alter system set log_line_prefix = '~~%a~~'`,
  // The server's command line says otherwise, which only a setting of the role overrides.
  `alter role drop set log_statement = 'all'`,
];

const ofDrop = ['drop', 'drop listener', 'drop maintenance'];
const verbs = /^\s*(select|insert|update|delete|with)\b/i;
/** pg-boss brings its own schema to its own version. Catalogues are PostgreSQL's. */
const others = /\bjobs\.|\bmigrations\b|\bpg_(catalog|class|stat|index|locks|backend|terminate|advisory)/;
/** Kysely quotes the names of tables; the statements of tests do not, and Drop's other inserts select their rows. */
const ofTests = /^insert into [a-z_]+ \(.* values \(/;

/** The statements with parameters in a server's log, each once. */
export function readStatements(log: string): string[] {
  const found = new Set<string>();
  for (const entry of log.split(/^~~/m)) {
    const [, name = '', text = ''] = /^(.*?)~~LOG: {2}execute [^:]*: (.*)$/s.exec(entry) ?? [];
    const statement = text.replaceAll(/\s+/g, ' ').trim();
    const isKept = verbs.test(statement) && !others.test(statement) && !ofTests.test(statement);
    if (ofDrop.includes(name) && isKept) found.add(statement);
  }
  return [...found].sort();
}

/** Writes what `statements` ask of the database at `url` as that of the newest migration. */
export async function keepStatements(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // Tests of former schemas run statements that this one does not have.
  const refused = new Set((await refusedStatements(client, statements)).map(({ statement }) => statement));
  const version: ReleasedVersion = {
    statements: statements.filter((statement) => !refused.has(statement)),
    columns: await columnsOf(client),
  };
  await client.end();
  const migrations = await readdir(new URL('../../src/store/migrations/', import.meta.url));
  const level = migrations.sort().at(-1)?.slice(0, 4) ?? '';
  await writeFile(new URL(`${level}.json`, releasedDirectory), `${JSON.stringify(version, undefined, 2)}\n`);
}

/** The statements that PostgreSQL cannot plan on the schema of `client`. */
export async function refusedStatements(
  client: pg.ClientBase,
  statements: readonly string[],
): Promise<{ statement: string; reason: string }[]> {
  const refused: { statement: string; reason: string }[] = [];
  for (const statement of statements)
    await client.query(`prepare released as ${statement}`).then(
      () => client.query('deallocate released'),
      (error: unknown) => refused.push({ statement, reason: String(error) }),
    );
  return refused;
}

async function columnsOf(client: pg.ClientBase): Promise<Record<string, string[]>> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select table_name as name, array_agg(column_name::text order by column_name) as columns
    from information_schema.columns where table_schema = 'public' group by 1 order by 1`,
  );
  return Object.fromEntries(rows.map(({ name, columns }) => [name, columns]));
}
