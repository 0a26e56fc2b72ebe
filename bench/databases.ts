import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/store/embedded/postgres.ts';

/** A directory for data, reachable by the user that PostgreSQL runs as. */
export async function newDataDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'drop-bench-'));
  await chmod(directory, 0o755);
  return directory;
}

export interface BenchDatabase {
  url: string;
  /** The address of a database of that name, which is made with the first question. */
  named(name: string): Promise<string>;
  remove(): Promise<void>;
}

/** PostgreSQL's own, by their names. */
export type DatabaseSettings = Readonly<Record<string, string>>;

/** A PostgreSQL server that runs for as long as the bench does, as a database that is up already. */
export async function startDatabase(settings: DatabaseSettings = {}): Promise<BenchDatabase> {
  const directory = await newDataDirectory();
  const server = await startWith(directory, settings);
  const made = new Map<string, Promise<string>>();
  const named = (name: string): Promise<string> => {
    const found = made.get(name) ?? createDatabase(server.url, name);
    made.set(name, found);
    return found;
  };
  async function remove(): Promise<void> {
    if (!started.delete(remove)) return;
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
  started.add(remove);
  return { url: server.url, named, remove };
}

const started = new Set<() => Promise<void>>();

/** Removes every server that is left. */
export async function removeDatabases(): Promise<void> {
  await Promise.all([...started].map((remove) => remove()));
}

/** Some settings are read by a start only, so the server is started twice. */
async function startWith(directory: string, settings: DatabaseSettings): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(directory);
  if (Object.keys(settings).length === 0) return server;
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  for (const [name, value] of Object.entries(settings))
    await client.query(`alter system set ${name} = ${client.escapeLiteral(value)}`);
  await client.end();
  await server.stop();
  return startEmbeddedPostgres(directory);
}

async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  const identifier = name.toLowerCase().replaceAll(/[^a-z]+/g, '_');
  await client.query(`create database ${identifier}`).finally(() => client.end());
  return serverUrl.replace(/\/postgres$/, `/${identifier}`);
}
