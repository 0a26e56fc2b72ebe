import { setTimeout as pause } from 'node:timers/promises';
import { startBareServer } from './bare.ts';
import { residentMB, type Child } from './children.ts';
import type { Comparison } from './harness.ts';
import { startSandbox } from './sandbox.ts';
import { startServer } from './serve.ts';

const idleMs = 5_000;
export const sandboxIdle = 'sandbox: app and emulators';
const serverIdle = '`bin/serve.js` in mock mode: app alone';
const bareIdle = 'bare `node:http` and `pg`';

export function idleMemory(options: {
  rounds: number;
  databaseUrl: string;
  dataDirectory: string;
}): Comparison {
  const { rounds, databaseUrl, dataDirectory } = options;
  const environment = { DATABASE_URL: databaseUrl, DROP_DATA_DIR: dataDirectory };
  return {
    title: 'Idle memory',
    unit: 'MB',
    method:
      `Resident memory of the process, without PostgreSQL's, ${idleMs / 1000} s after it was ready, ` +
      'nothing asked meanwhile.',
    subjects: [
      { name: sandboxIdle, sample: async () => idle((await startSandbox(environment)).child) },
      { name: serverIdle, sample: async () => idle((await startServer(databaseUrl)).child) },
      { name: bareIdle, sample: async () => idle((await startBareServer(databaseUrl)).child) },
    ],
    baseline: bareIdle,
    warmups: 0,
    rounds,
  };
}

async function idle(child: Child): Promise<{ resident: number }> {
  await pause(idleMs);
  const resident = residentMB(child.pid);
  await child.stop();
  return { resident };
}
