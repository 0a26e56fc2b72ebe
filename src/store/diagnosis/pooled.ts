import { onConnection } from './on-connection.ts';

/**
 * Whether `url` is the address of a pooler: PostgreSQL tells a connection the number of its own process, and a pooler
 * one that it has made up. Rejects with the driver's error.
 */
export async function isPooled(url: string): Promise<boolean> {
  return onConnection(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    // The driver has the number and does not declare it.
    const { processID } = client as unknown as { processID: number | null };
    return rows[0]?.pid !== processID;
  });
}
