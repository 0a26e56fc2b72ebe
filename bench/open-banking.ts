import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../src/store/migrate.ts';
import { startNode } from './children.ts';
import type { Comparison } from './harness.ts';
import { openContext, type Surroundings } from './open-banking/context.ts';
import { fill } from './open-banking/fill.ts';
import { allLive, callTitle, liveProviders, oneLive, startTitle } from './open-banking/live.ts';
import { sweeps } from './open-banking/sweeps.ts';
import { wires } from './open-banking/wire.ts';
import type { Target } from './report.ts';

const consents = 10_000;
/** Each of a sweep takes minutes, and its processor time hardly differs from one to the next. */
const sweepRoundsMax = 1;

/** Within the noise, which `1 live, again` shows. */
const nothing = { subject: allLive, against: oneLive, at: 'most', bound: 1.05 } as const;
export const openBankingTargets: Target[] = [
  { ...nothing, what: 'memory with all providers live, to one', title: startTitle, reading: 'resident, MB' },
  {
    ...nothing,
    what: 'a balance read with all live, to one',
    title: callTitle,
    reading: 'a balance read, µs',
  },
  {
    ...nothing,
    what: 'a payment begun with all live, to one',
    title: callTitle,
    reading: 'a payment begun, µs',
  },
];

/** Open banking: reading and proving, what each further live provider costs, and work over all customers. */
export async function openBankingBench(options: {
  rounds: number;
  /** Two empty databases. */
  databaseUrls: { many: string; few: string };
}): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const { rounds, databaseUrls } = options;
  await Promise.all([migrate(databaseUrls.many), migrate(databaseUrls.few)]);
  const emulators = startNode(['bench/open-banking/emulators.ts']);
  const environment = JSON.parse(await emulators.line((line) => line.startsWith('{'))) as Surroundings;
  const NATIONAL_ID_HASH_KEY = randomBytes(32).toString('base64');
  const around = (DATABASE_URL: string): Surroundings => ({
    ...environment,
    NATIONAL_ID_HASH_KEY,
    DATABASE_URL,
  });
  const surroundings = around(databaseUrls.many);
  // Linked before the emulators have much to search.
  const live = await liveProviders(around(databaseUrls.few), rounds);
  const context = await openContext(surroundings);
  await fill(context, surroundings['CONTROL'] ?? '', consents);
  const pool = new pg.Pool({ connectionString: databaseUrls.many, max: 1 });
  const swept = sweeps({ surroundings, pool }, Math.min(rounds, sweepRoundsMax));
  return {
    comparisons: [...(await wires(rounds)), ...live.comparisons, ...swept],
    async stop() {
      await Promise.all([live.stop(), context.store.close(), context.services.close(1_000), pool.end()]);
      await emulators.stop();
    },
  };
}
