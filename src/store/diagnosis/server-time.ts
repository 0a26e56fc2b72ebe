import type { Clock } from '#domain/clock.ts';
import { onConnection } from './on-connection.ts';

/**
 * By how many milliseconds PostgreSQL's clock is ahead of `clock`, and by how many the measurement may be wrong.
 * Rejects with the driver's error.
 */
export async function clockDifference(
  url: string,
  clock: Clock,
): Promise<{ aheadMs: number; uncertainMs: number }> {
  return onConnection(url, async (client) => {
    const beganMs = clock.now().getTime();
    const { rows } = await client.query<{ nowMs: number }>(
      'select extract(epoch from clock_timestamp())::float8 * 1000 as "nowMs"',
    );
    const endedMs = clock.now().getTime();
    const uncertainMs = (endedMs - beganMs) / 2;
    return { aheadMs: (rows[0]?.nowMs ?? endedMs) - (beganMs + uncertainMs), uncertainMs };
  });
}
