import pg from 'pg';
import { systemClock, type Clock, type Scheduled } from '#domain/clock.ts';
import { assert } from '#domain/errors.ts';

const connectTimeoutMs = 5_000;

// bigint columns hold øre and row numbers, both far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  assert(Number.isSafeInteger(value), 'no bigint column holds more than 2^53');
  return value;
});

// A calendar day stays one: as a moment it would depend on the time zone of the machine.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** How long a statement may take, in milliseconds. */
export interface StatementLimits {
  /** PostgreSQL ends the statement after this time. A pooler does not pass it on; it is then a setting of the role. */
  statementMs: number;
  /** Drop gives up the connection after this time, so it is the longer of the two. */
  answerMs: number;
}

export interface ConnectionOptions extends StatementLimits {
  /** What PostgreSQL shows in `pg_stat_activity`. */
  name: string;
  clock?: Clock;
}

/**
 * A pool of connections to `url`, which may be the address of a pooler: no startup parameter is sent that PgBouncer
 * refuses. The first query connects.
 */
export function openPool(url: string, options: ConnectionOptions & { connectionsMax: number }): pg.Pool {
  const { name, connectionsMax, statementMs } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: name,
    keepAlive: true,
    // The pool waits for the promise, which its types do not say.
    onConnect: (client): unknown => {
      limitAnswers(client, options);
      return limitStatements(client, statementMs);
    },
  });
  // An idle connection that breaks is replaced by the next query, which reports the fault if there still is one.
  pool.on('error', () => undefined);
  // A connection that breaks between two statements of a transaction must not end the process: the next statement
  // reports the fault.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** One connection for long use, with a limit for each answer. It is not connected yet. */
export function openConnection(url: string, options: Omit<ConnectionOptions, 'statementMs'>): pg.Client {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: options.name,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  limitAnswers(client, options);
  return client;
}

/** Where an address leads, without the password. */
export function placeOf(url: string): { host: string; port: number; user: string; database: string } {
  const { host, port, user = '', database = '' } = new pg.Client({ connectionString: url });
  return { host, port, user, database };
}

const endMsMax = 1_000;

/** Ends a connection, within a second also when the other side does not answer any more. */
export async function endConnection(client: pg.Client): Promise<void> {
  const limit = systemClock.schedule(endMsMax, () => connectionOf(client).stream.destroy());
  await client.end().catch(() => undefined);
  limit.cancel();
}

/** Members of a client that the driver does not declare. */
interface DriverClient {
  connection: { stream: { destroy(error?: Error): void } };
  /** The process that serves the connection; behind a pooler a number that the pooler has made up. */
  processID: number | null;
}

/**
 * Breaks the connection when an answer takes longer than `answerMs`. All its statements then fail as if the network had
 * failed, a late answer meets no other statement, and the pool replaces the connection.
 */
function limitAnswers(client: pg.ClientBase, { answerMs, clock = systemClock }: AnswerLimit): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  let limit: Scheduled | undefined;
  const breakConnection = (): void => {
    const message = `PostgreSQL did not answer within ${answerMs / 1_000} s`;
    connectionOf(client).stream.destroy(Object.assign(new Error(message), { code: 'ETIMEDOUT' }));
  };
  client.on('drain', () => limit?.cancel());
  client.once('end', () => limit?.cancel());
  client.query = ((...given: unknown[]) => {
    limit?.cancel();
    limit = clock.schedule(answerMs, breakConnection);
    return query(...given);
  }) as typeof client.query;
}

function connectionOf(client: pg.ClientBase): DriverClient['connection'] {
  return (client as unknown as DriverClient).connection;
}

type AnswerLimit = Pick<ConnectionOptions, 'answerMs' | 'clock'>;

/**
 * Has PostgreSQL limit the statements of a connection, unless a pooler is in between: the setting would stay on a
 * server connection that others use after this one.
 */
async function limitStatements(client: pg.ClientBase, statementMs: number): Promise<void> {
  const { processID } = client as unknown as DriverClient;
  await client.query(`select set_config('statement_timeout', $1, false) where pg_backend_pid() = $2`, [
    `${statementMs}`,
    processID,
  ]);
}
