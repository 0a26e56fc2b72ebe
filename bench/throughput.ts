import { startBareServer } from './bare.ts';
import type { Comparison } from './harness.ts';
import { connections, load, loadSeconds } from './load.ts';
import { startSandbox } from './sandbox.ts';
import { signIn } from './session.ts';

export interface Throughput {
  comparisons: Comparison[];
  stop: () => Promise<void>;
}

/** Both servers run all the time, on one database; the one that is not asked is idle. */
export async function throughput(options: {
  rounds: number;
  databaseUrl: string;
  dataDirectory: string;
}): Promise<Throughput> {
  const { rounds, databaseUrl, dataDirectory } = options;
  const drop = await startSandbox({ DATABASE_URL: databaseUrl, DROP_DATA_DIR: dataDirectory });
  const bare = await startBareServer(databaseUrl);
  const cookie = await signIn(drop.origin);
  const ofDrop = (path: string) => ({ url: `${drop.origin}${path}`, pid: drop.child.pid });
  const ofBare = (path: string) => ({ url: `${bare.origin}${path}`, pid: bare.child.pid });
  const method =
    `autocannon in a process of its own, ${connections} connections, ${loadSeconds} s a sample, ` +
    'everything on one machine.';
  const common = { unit: '', warmups: 1, rounds };
  return {
    comparisons: [
      {
        ...common,
        title: 'GET /api/health',
        method:
          `${method} Drop asks its database once a second and answers from that; ` +
          'the bare server answers a constant.',
        baseline: 'bare `node:http`, a constant',
        subjects: [
          { name: 'Drop', sample: () => load(ofDrop('/api/health')) },
          { name: 'bare `node:http`, a constant', sample: () => load(ofBare('/constant')) },
        ],
      },
      {
        ...common,
        title: 'GET /api/me with a session',
        method: `${method} Both find the session by one query; the bare server does nothing else.`,
        baseline: 'bare `node:http` and `pg`',
        subjects: [
          { name: 'Drop', sample: () => load({ ...ofDrop('/api/me'), cookie }) },
          { name: 'bare `node:http` and `pg`', sample: () => load({ ...ofBare('/api/me'), cookie }) },
        ],
      },
    ],
    async stop() {
      await Promise.all([drop.child.stop(), bare.child.stop()]);
    },
  };
}
