import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/store/embedded/postgres.ts';

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

/** A PostgreSQL server that runs for as long as the bench does, as a database that is up already. */
export async function startDatabase(): Promise<BenchDatabase> {
  const directory = await newDataDirectory();
  const server = await startEmbeddedPostgres(directory);
  const made = new Map<string, Promise<string>>();
  const named = (name: string): Promise<string> => {
    const found = made.get(name) ?? createDatabase(server.url, name);
    made.set(name, found);
    return found;
  };
  return {
    url: server.url,
    named,
    async remove() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  const identifier = name.toLowerCase().replaceAll(/[^a-z]+/g, '_');
  await client.query(`create database ${identifier}`).finally(() => client.end());
  return serverUrl.replace(/\/postgres$/, `/${identifier}`);
}
