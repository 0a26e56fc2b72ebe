import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { root } from './children.ts';
import type { Comparison, Readings, Subject } from './harness.ts';
import { startSandbox } from './sandbox.ts';
import { startServer } from './serve.ts';

export const withDatabaseUp = 'DATABASE_URL of a server that is up';
export const serveWithDatabaseUp = 'the same, `bin/serve.js` in mock mode, no emulators';
export const embeddedCold = 'embedded PostgreSQL, new data directory';
export const firstInstall = 'embedded PostgreSQL, new, first start after an install';
export const embeddedWarm = 'embedded PostgreSQL, existing data directory';

export function startToHealthy(options: { rounds: number; databaseUrl: string; dataDirectory: string }): {
  comparisons: Comparison[];
  stop: () => Promise<void>;
} {
  const comparison = comparisonOf(options);
  return { comparisons: [comparison], stop: () => rm(putAside, { recursive: true, force: true }) };
}

function comparisonOf(options: { rounds: number; databaseUrl: string; dataDirectory: string }): Comparison {
  const { rounds, databaseUrl, dataDirectory } = options;
  const subjects: Subject[] = [
    {
      name: withDatabaseUp,
      sample: () => startAndStop({ DATABASE_URL: databaseUrl, DROP_DATA_DIR: dataDirectory }),
    },
    { name: serveWithDatabaseUp, sample: () => startAndStopServer(databaseUrl) },
    { name: embeddedWarm, sample: () => startAndStop({ DROP_DATA_DIR: `${dataDirectory}/warm` }) },
    { name: embeddedCold, sample: () => startCold(dataDirectory) },
    { name: firstInstall, sample: () => startAfterInstall(dataDirectory) },
  ];
  return {
    title: 'Start to healthy',
    unit: 'ms',
    method:
      'A process is spawned and `GET /api/health` polled every 5 ms until it answers 200. The sandbox is app and ' +
      'emulators in one process; the web app is built already. Its own account begins when its Node has started. ' +
      'Before the first start after an install, what the install prepares is made anew. Where a cluster is made, ' +
      'the disk has written all else before. Nothing is removed until ' +
      'all is measured: ext4 without a journal passes over the files removed in the last minutes, one by one, for ' +
      'each that it makes.',
    subjects,
    baseline: withDatabaseUp,
    warmups: 1,
    rounds,
  };
}

async function startAndStop(environment: Record<string, string>): Promise<Readings> {
  const { child, readings } = await startSandbox(environment);
  await child.stop();
  return readings;
}

async function startAndStopServer(databaseUrl: string): Promise<Readings> {
  const { child, readings } = await startServer(databaseUrl);
  await child.stop();
  return readings;
}

/** Makes a name that was not there. */
let made = 0;

async function startCold(dataDirectory: string): Promise<Readings> {
  const directory = `${dataDirectory}/new-${(made += 1)}`;
  await mkdir(directory);
  // What earlier samples wrote is not this one's to wait for.
  execFileSync('sync');
  return startAndStop({ DROP_DATA_DIR: directory });
}

const prepared = `${root}node_modules/.cache/drop`;
const putAside = `${prepared}-put-aside`;

/** As npm leaves it: no start has put anything into the caches. */
async function startAfterInstall(dataDirectory: string): Promise<Readings> {
  await mkdir(putAside, { recursive: true });
  await rename(prepared, `${putAside}/${(made += 1)}`);
  execFileSync(process.execPath, ['bin/prepare.js'], { cwd: root });
  return startCold(dataDirectory);
}
