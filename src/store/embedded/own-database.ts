import { rm } from 'node:fs/promises';
import type pg from 'pg';
import { DropError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { openStore as OpenStore, Store } from '../database.ts';
import { refugeFor } from './home.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './postgres.ts';

export interface OwnDatabase {
  store: Store;
  /** The origin of the database, for the start-up report. */
  origin: EmbeddedPostgres['origin'] | 'external';
  /** Closes the pool, and stops the embedded server. */
  close(): Promise<void>;
}

/** The advisory lock that the owner of an embedded server holds while it runs. */
const ownershipLock = 0x64726f71;

/**
 * The database of this process: the server at `databaseUrl`, or the embedded one in `dataDirectory`, which one process
 * owns at a time. `fresh` deletes the embedded server's data.
 *
 * @throws {DropError} `database_unavailable`, also when another process owns `dataDirectory`.
 */
export async function ownDatabase(options: {
  databaseUrl: Secret | undefined;
  /** PostgreSQL's own address, if `databaseUrl` is that of a pooler. */
  directUrl?: Secret | undefined;
  dataDirectory: string;
  fresh?: boolean;
}): Promise<OwnDatabase> {
  const { databaseUrl, directUrl, dataDirectory } = options;
  if (databaseUrl) {
    const { openStore } = await driver();
    const store = openStore(databaseUrl.reveal(), { directUrl: directUrl?.reveal() });
    return { store, origin: 'external', close: store.close };
  }
  const found = await startOwned(dataDirectory);
  const { server, ownership } = options.fresh === true ? await startAnew(found, dataDirectory) : found;
  const { openStore } = await driver();
  const store = openStore(server.url);
  return {
    store,
    origin: server.origin,
    async close() {
      await store.close();
      await ownership.end();
      await server.stop();
    },
  };
}

interface Owned {
  server: EmbeddedPostgres;
  /** The connection that holds the ownership lock. */
  ownership: pg.Client;
}

/** Loads the driver while the server starts in its own process. */
async function driver(): Promise<{ Client: typeof pg.Client; openStore: typeof OpenStore }> {
  const [{ default: postgres }, { openStore }] = await Promise.all([import('pg'), import('../database.ts')]);
  return { Client: postgres.Client, openStore };
}

async function startOwned(dataDirectory: string): Promise<Owned> {
  const [server, { Client }] = await Promise.all([startEmbeddedPostgres(dataDirectory), driver()]);
  const ownership = new Client({ connectionString: server.url, application_name: 'drop owner' });
  ownership.on('error', () => undefined);
  await ownership.connect();
  const { rows } = await ownership.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
    ownershipLock,
  ]);
  if (rows[0]?.taken === true) return { server, ownership };
  await ownership.end();
  throw new DropError('database_unavailable', {
    message: `Another Drop is running on ${dataDirectory}: stop it, or set DROP_DATA_DIR to another directory.`,
  });
}

async function startAnew(found: Owned, dataDirectory: string): Promise<Owned> {
  if (found.server.origin === 'created') return found;
  await found.ownership.end();
  await found.server.stop();
  await rm(dataDirectory, { recursive: true, force: true });
  await rm(refugeFor(dataDirectory), { recursive: true, force: true });
  return startOwned(dataDirectory);
}
