import { randomBytes } from 'node:crypto';
import { migrate } from '../src/store/migrate.ts';
import { openStore } from '../src/store/database.ts';
import { startNode } from './children.ts';
import type { Comparison } from './harness.ts';
import { openContext, type Surroundings } from './open-banking/context.ts';
import type { Target } from './report.ts';
import { addedBench, addedTitle, withoutPolicy, withPolicy } from './routing/added.ts';
import {
  decisionsBench,
  decisionsTitle,
  fewCustomers,
  fill,
  manyCustomers,
  nameOf,
} from './routing/decisions.ts';

const many = { title: decisionsTitle, subject: nameOf(manyCustomers), against: nameOf(fewCustomers) };
const whatMany = `with ${nameOf(manyCustomers)}, to ${nameOf(fewCustomers)}`;
const added = {
  title: addedTitle,
  subject: withPolicy,
  against: withoutPolicy,
  at: 'most',
  bound: 1.05,
} as const;
export const routingTargets: Target[] = [
  { ...many, what: `routing decisions ${whatMany}`, reading: 'decisions/s', at: 'least', bound: 0.8 },
  {
    ...many,
    what: `rows that a decision reads ${whatMany}`,
    reading: 'rows read a decision',
    at: 'most',
    bound: 1,
  },
  { ...added, what: 'a consent begun with a routing policy, to none', reading: 'a consent begun' },
  { ...added, what: 'a payment begun with a routing policy, to none', reading: 'a payment begun' },
];

/** Routing: decisions among few and many customers, and the cost of a policy for a consent and a payment. */
export async function routingBench(options: {
  rounds: number;
  /** Two empty databases. */
  databaseUrls: { few: string; many: string };
}): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const { rounds, databaseUrls } = options;
  await Promise.all([migrate(databaseUrls.few), migrate(databaseUrls.many)]);
  const emulators = startNode(['bench/open-banking/emulators.ts']);
  const environment = JSON.parse(await emulators.line((line) => line.startsWith('{'))) as Surroundings;
  const few = await openContext({
    ...environment,
    NATIONAL_ID_HASH_KEY: randomBytes(32).toString('base64'),
    DATABASE_URL: databaseUrls.few,
  });
  const manyStore = openStore(databaseUrls.many);
  await fill(databaseUrls.few, fewCustomers);
  await fill(databaseUrls.many, manyCustomers);
  const stores = { few, many: { ...few, store: manyStore } };
  return {
    comparisons: [decisionsBench(stores, rounds), await addedBench(few, rounds)],
    async stop() {
      await Promise.all([few.store.close(), manyStore.close(), few.services.close(1_000)]);
      await emulators.stop();
    },
  };
}
