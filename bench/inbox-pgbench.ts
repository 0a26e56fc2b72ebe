import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { migrate } from '../src/store/migrate.ts';

const run = promisify(execFile);

/** Where PostgreSQL's own load generator is; it is not part of the embedded server. */
export function findPgbench(): string | undefined {
  const installed = globSync('/usr/lib/postgresql/*/bin/pgbench').toSorted();
  const onPath = (process.env['PATH'] ?? '').split(':').map((directory) => join(directory, 'pgbench'));
  return [...installed.toReversed(), ...onPath].find((path) => existsSync(path));
}

/** A row like one of Drop's, made by the server, so that nothing but the insert is measured. */
const insert = `
  insert into webhook_inbox
    (provider, deduplication_key, subject, event_type, raw_body, next_attempt_at, received_at)
  values ('sumsub', gen_random_uuid()::text, gen_random_uuid()::text, 'applicantReviewed',
    convert_to(repeat('0123456789', 43), 'UTF8'), now(), now())
  on conflict do nothing;
`;

/** Single-row inserts into Drop's own table, each a transaction of its own, prepared; how many a second. */
export async function insertsPerSecond(
  program: string,
  options: { databaseUrl: string; connections: number; inserts: number },
): Promise<number> {
  const { databaseUrl, connections, inserts } = options;
  const pool = new pg.Pool({ connectionString: databaseUrl });
  await migrate(databaseUrl);
  await pool.query('truncate webhook_inbox cascade');
  await pool.query('checkpoint');
  await pool.end();
  const directory = await mkdtemp(join(tmpdir(), 'drop-pgbench-'));
  const script = join(directory, 'insert.sql');
  await writeFile(script, insert.replaceAll('\n', ' '));
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const each = Math.max(1, Math.round(inserts / connections));
  const parameters = [
    ...['--no-vacuum', '--protocol=prepared', `--file=${script}`, `--client=${connections}`],
    ...[`--jobs=${Math.min(2, connections)}`, `--transactions=${each}`, `--host=${hostname}`],
    ...[`--port=${port}`, `--username=${username}`, pathname.slice(1)],
  ];
  const environment = { PATH: process.env['PATH'], PGPASSWORD: password };
  const { stdout } = await run(program, parameters, { env: environment });
  await rm(directory, { recursive: true });
  return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN);
}
