import { DropError } from '#domain/errors.ts';
import { pause, type MigrationRun } from './progress.ts';

/** An arbitrary number; all processes of Drop must take the same lock. */
const lockNumber = 0x64726f70;
const askAgainMs = 200;
const reportEveryMs = 5_000;

/**
 * Waits until no other process migrates the database. The lock is held until the connection ends. It is asked for
 * again and again: a statement that waits for it would hold a snapshot, for which an index that is built concurrently
 * waits in turn.
 *
 * @throws {DropError} `database_unavailable` when the other process takes longer than `patienceMs`.
 */
export async function takeTurn({ client, clock, onProgress, patienceMs }: MigrationRun): Promise<void> {
  const beganAt = clock.monotonicMs();
  let reportAt = 0;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      lockNumber,
    ]);
    if (rows[0]?.taken === true) return;
    const waitedMs = clock.monotonicMs() - beganAt;
    if (waitedMs >= reportAt) {
      onProgress({ step: 'waiting_for_process', waitedMs });
      reportAt += reportEveryMs;
    }
    if (waitedMs >= patienceMs) {
      const message = `another process has been migrating the database for ${patienceMs / 60_000} minutes`;
      throw new DropError('database_unavailable', { message });
    }
    await pause(clock, askAgainMs);
  }
}
