import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts';

/** A directory for data, reachable by the user that PostgreSQL runs as. */
export async function newDataDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'drop-bench-'));
  await chmod(directory, 0o755);
  return directory;
}

export interface BenchDatabase {
  url: string;
  remove(): Promise<void>;
}

/** A PostgreSQL server that runs for as long as the bench does, as a database that is up already. */
export async function startDatabase(): Promise<BenchDatabase> {
  const directory = await newDataDirectory();
  const server = await startEmbeddedPostgres(directory);
  return {
    url: server.url,
    async remove() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
