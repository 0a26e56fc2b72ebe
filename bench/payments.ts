import type { Comparison } from './harness.ts';
import type { PlotSource } from './growth.ts';
import {
  carriedComparison,
  carriedTargets,
  carriedTitle,
  nameOf,
  perSecond,
  processes,
} from './payments/carried.ts';
import { costComparisons, costTargets } from './payments/cost.ts';
import { insertPayingCustomers } from './payments/customers.ts';
import { openStage } from './payments/stage.ts';
import { prepareStatistics } from './payments/statistics.ts';
import { listenToTold } from './payments/told.ts';
import type { Target } from './report.ts';

const customers = 60;

export const paymentTargets: Target[] = [...carriedTargets, ...costTargets];

export const carriedPlot: PlotSource = {
  comparison: carriedTitle,
  plot: { title: 'Payments carried to settled', across: 'processes', unit: 'payments a second' },
  sizes: Object.fromEntries(processes.map((count) => [nameOf(count), count])),
  readings: { [perSecond]: 'payments/s' },
};

/** The cost of carrying a payment. `databaseUrl` names an empty database that has `pg_stat_statements`. */
export async function paymentsBench(options: {
  rounds: number;
  databaseUrl: string;
}): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const { rounds, databaseUrl } = options;
  const stage = await openStage(databaseUrl);
  await prepareStatistics(stage.pool);
  const told = await listenToTold(databaseUrl);
  const payers = { stage, told, customers: await insertPayingCustomers(stage.context, customers) };
  return {
    comparisons: [...(await costComparisons(payers, rounds)), carriedComparison(payers, rounds)],
    async stop() {
      await told.close();
      await stage.stop();
    },
  };
}
