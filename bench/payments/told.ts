import pg from 'pg';

/** When customers were told of their payments, as Drop announces it. */
export interface Told {
  /** Forgets what was told, and resolves with the moments once so many customers have been told. */
  times(count: number): Promise<number[]>;
  close(): Promise<void>;
}

const waitMsMax = 300_000;

/** Listens beside Drop, so that asking costs the database nothing that would be counted. */
export async function listenToTold(databaseUrl: string): Promise<Told> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('listen drop_changes');
  let times: number[] = [];
  let look = (): void => undefined;
  client.on('notification', ({ payload = '{}' }) => {
    const { kind } = JSON.parse(payload) as { kind: string };
    if (kind !== 'notification') return;
    times.push(performance.now());
    look();
  });
  return {
    times(count) {
      times = [];
      const { promise, resolve, reject } = Promise.withResolvers<number[]>();
      look = () => {
        if (times.length >= count) resolve(times);
      };
      const late = setTimeout(() => reject(new Error(`${times.length} of ${count} are told`)), waitMsMax);
      return promise.finally(() => clearTimeout(late));
    },
    close: () => client.end(),
  };
}
