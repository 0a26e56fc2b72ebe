import type pg from 'pg';
import { endConnection, openConnection } from '../connections.ts';

const name = 'drop doctor';
const answerMs = 5_000;

/** Runs `work` on a connection of its own to `url`; the answer to each statement is waited for five seconds. */
export async function onConnection<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = openConnection(url, { name, answerMs });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await endConnection(client);
  }
}
