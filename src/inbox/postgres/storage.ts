import type { ReceiverStorage, WorkerStorage } from '../storage.ts';
import { isFaultOfData, type Run } from './run.ts';
import { storeWebhooks } from './store.ts';
import { claimWebhooks, releaseWebhooks, webhookFailed, webhooksHandled } from './work.ts';

/** A connection, as that of `pg`. */
export interface Connection {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** A pool of connections, as that of `pg`. */
export interface Pool extends Connection {
  connect(): Promise<Connection & { release(isBroken?: boolean): void }>;
}

export interface PostgresStorageOptions {
  /** Where the table of `inboxSchema` is. */
  pool: Pool;
  /** Where webhooks are announced that wait for a worker: `listen` there and wake it. `webhook_inbox` unless given. */
  channel?: string;
}

/** The inbox in PostgreSQL. */
export function createPostgresStorage(
  options: PostgresStorageOptions,
): ReceiverStorage & WorkerStorage<Connection> {
  const { pool, channel = 'webhook_inbox' } = options;
  const run = runOn(pool);
  return {
    isFaultOfData,
    store: (webhooks) => storeWebhooks(run, webhooks, channel),
    claim: (now, limits) => claimWebhooks(run, now, limits),
    release: (claims, now) => releaseWebhooks(run, claims, { now, channel }),
    markHandled: (claims, at) => webhooksHandled(run, claims, at),
    markFailed: (claim, failure) => webhookFailed(run, claim, failure),
    giveUp: (claim, error, also) =>
      inTransaction(pool, async (connection) => {
        const isOurs = await webhookFailed(runOn(connection), claim, { error, retryAt: undefined });
        if (isOurs) await also(connection);
        return isOurs;
      }),
  };
}

function runOn(connection: Connection): Run {
  return (text, values) => connection.query(text, values);
}

/** A connection that cannot even roll back is not used again. */
async function inTransaction<Result>(
  pool: Pool,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await pool.connect();
  let isBroken = false;
  try {
    await connection.query('begin');
    const result = await work(connection);
    await connection.query('commit');
    return result;
  } catch (error) {
    await connection.query('rollback').catch(() => (isBroken = true));
    throw error;
  } finally {
    connection.release(isBroken);
  }
}
