import { DropError } from '#domain/errors.ts';
import { indexBuiltBy, type MigrationFile } from './files.ts';
import { oldTransactions, pause, type MigrationRun } from './progress.ts';

/** For as long, the statements of customers queue behind a migration that waits for a lock. */
const lockMsMax = 500;
const firstRetryMs = 1_000;
const retryMsMax = 10_000;

/** Applies a migration, and records it. A run that is interrupted leaves a state that the next run continues from. */
export async function applyMigration(run: MigrationRun, file: MigrationFile): Promise<void> {
  const { clock, onProgress } = run;
  const beganAt = clock.monotonicMs();
  onProgress({ step: 'begun', migration: file.name });
  if (file.statements === undefined) await retried(run, file.name, () => applyInTransaction(run, file));
  else await applyOneByOne(run, file, file.statements);
  onProgress({ step: 'applied', migration: file.name, tookMs: clock.monotonicMs() - beganAt });
}

async function applyInTransaction(run: MigrationRun, file: MigrationFile): Promise<void> {
  await inTransaction(run, async () => {
    await run.client.query(file.sql);
    await record(run, file);
  });
}

async function applyOneByOne(
  run: MigrationRun,
  file: MigrationFile,
  statements: readonly string[],
): Promise<void> {
  for (const statement of statements) {
    const index = indexBuiltBy(statement);
    await retried(run, file.name, async () => {
      // An index that is built or dropped concurrently holds up no other statement while it waits.
      await run.client.query(`set lock_timeout = ${index === undefined ? lockMsMax : 0}`);
      if (index !== undefined) await dropInvalidIndex(run, index);
      await run.client.query(statement);
    });
  }
  await record(run, file);
}

/** An index whose building was interrupted remains, unused, and would be taken for the finished one. */
async function dropInvalidIndex({ client }: MigrationRun, index: string): Promise<void> {
  const { rowCount } = await client.query(
    'select from pg_index where indexrelid = to_regclass($1) and not indisvalid',
    [index],
  );
  if (rowCount !== 0) await client.query(`drop index concurrently if exists ${index}`);
}

async function record({ client }: MigrationRun, file: MigrationFile): Promise<void> {
  await client.query(
    'insert into migrations (name, sha256, at, oldest_compatible) values ($1, $2, now(), $3)',
    [file.name, file.sha256, file.oldestCompatible ?? null],
  );
}

/** Makes the table of the migrations, or gives that of an earlier version the column that it lacks. */
export async function prepareTable(run: MigrationRun): Promise<void> {
  await run.client.query(`
    create table if not exists migrations
      (name text primary key, sha256 text not null, at timestamptz not null, oldest_compatible text)
  `);
  const { rowCount } = await run.client.query(
    `select from pg_attribute where attrelid = to_regclass('migrations') and attname = 'oldest_compatible'`,
  );
  if (rowCount !== 0) return;
  await retried(run, 'of the table of migrations', () =>
    inTransaction(run, () => run.client.query('alter table migrations add column oldest_compatible text')),
  );
}

async function inTransaction({ client }: MigrationRun, work: () => Promise<unknown>): Promise<void> {
  await client.query(`begin; set local lock_timeout = ${lockMsMax}`);
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Repeats `work` while a lock that it needs is held, with pauses in which other statements get their turn. */
async function retried(run: MigrationRun, migration: string, work: () => Promise<unknown>): Promise<void> {
  const { clock, onProgress, patienceMs } = run;
  const beganAt = clock.monotonicMs();
  for (let retryMs = firstRetryMs; ; retryMs = Math.min(2 * retryMs, retryMsMax)) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isLockFault(error)) throw error;
      const waitedMs = clock.monotonicMs() - beganAt;
      const transactions = await oldTransactions(run);
      onProgress({ step: 'waiting_for_lock', migration, waitedMs, transactions });
      if (waitedMs >= patienceMs) throw lockNotFree(migration, waitedMs, error);
    }
    await pause(clock, retryMs);
  }
}

/** PostgreSQL's lock_not_available and deadlock_detected. */
function isLockFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['55P03', '40P01'].includes(String(error.code));
}

function lockNotFree(migration: string, waitedMs: number, cause: unknown): DropError {
  const message =
    `migration ${migration} found a table locked for ${Math.round(waitedMs / 60_000)} minutes; ` +
    'end the transactions that are open for long, and start again';
  return new DropError('database_unavailable', { message, cause });
}
