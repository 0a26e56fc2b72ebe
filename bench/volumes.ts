import type { PlotSource } from './growth.ts';
import type { Comparison, Readings } from './harness.ts';
import { paymentsOfEach } from './payments/grow.ts';
import { openGrown, type Grown } from './payments/grown.ts';
import { acts, latencies, operatorActs } from './payments/latencies.ts';
import type { Target } from './report.ts';

const customers = { few: 100, many: 100_000 };
const nameOf = (count: number): string => `${(count * paymentsOfEach).toLocaleString('en')} payments`;
const [few, many] = [nameOf(customers.few), nameOf(customers.many)];
const volumesTitle = 'Lists, searches and payments among many';
const operatorsTitle = 'Searches of operators among many';
const generatedTitle = 'Ten million payments made';
const told = ['list', 'search', 'read', 'pay', 'list of 10,000', 'search of 10,000'];

export const volumeTargets: Target[] = [
  ...told.map((name): Target => ({
    what: `${name}, p95 with 10 million payments, to 10 thousand`,
    title: volumesTitle,
    subject: many,
    against: few,
    reading: `${name}, p95 ms`,
    at: 'most',
    bound: 1.2,
  })),
  {
    what: 'minutes to make 10 million payments',
    title: generatedTitle,
    subject: many,
    reading: 'minutes',
    at: 'most',
    bound: 20,
  },
];

export const volumesPlot: PlotSource = {
  comparison: volumesTitle,
  plot: { title: 'p95 as payments grow', across: 'payments', unit: 'milliseconds' },
  sizes: { [few]: customers.few * paymentsOfEach, [many]: customers.many * paymentsOfEach },
  readings: {
    'pay, p95 ms': 'pay',
    'list, p95 ms': 'list',
    'search, p95 ms': 'search',
    'read, p95 ms': 'read',
  },
};

/** So that ten million payments are made soon: each page of the tables is written once. */
export const volumeSettings = {
  shared_buffers: '2GB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '8GB',
  checkpoint_timeout: '30min',
};

/** Takes some 30 GB of the disk. The addresses name empty databases. */
export async function volumesBench(options: {
  rounds: number;
  databaseUrls: { few: string; many: string };
}): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const { rounds, databaseUrls } = options;
  const sides = [
    await openGrown(databaseUrls.few, customers.few),
    await openGrown(databaseUrls.many, customers.many),
  ];
  return {
    comparisons: volumeComparisons(sides, rounds),
    async stop() {
      for (const { served, stage } of sides) {
        await served.stop();
        await stage.stop();
      }
    },
  };
}

/** The first side has few payments, the second many. */
function volumeComparisons(sides: readonly Grown[], rounds: number): Comparison[] {
  const common = { unit: '', baseline: few, rounds };
  const subjects = (measure: () => Promise<Readings[]>): Comparison['subjects'] => {
    const sample = inTurn(measure);
    return [few, many].map((name, index) => ({ name, sample: () => sample(index) }));
  };
  return [
    {
      ...common,
      warmups: 1,
      title: volumesTitle,
      method:
        `${customers.few} or ${customers.many.toLocaleString('en')} customers with ${paymentsOfEach} ` +
        'payments each, and one with 10,000, over two years; those of a customer lie scattered, ' +
        'as they were made. 49 of the customers ask over HTTP, one request at a time, ' +
        'the two databases in turn by request; `of 10,000` is the one with 10,000: ' +
        'a late page, and a search that finds nothing. To pay is to order: two calls to the bank.',
      subjects: subjects(() => latencies(sides, acts)),
    },
    {
      ...common,
      warmups: 1,
      rounds: 1,
      title: operatorsTitle,
      method:
        'The first 50 that `npx drop payments list` finds, without the start of its process. The payment with ' +
        'the amount is one of the oldest.',
      subjects: subjects(() => latencies(sides, operatorActs)),
    },
    {
      ...common,
      rounds: 1,
      warmups: 0,
      title: generatedTitle,
      method: 'With three moves and an entry of the audit trail each, and all indexes.',
      subjects: sides.map(({ generatedSeconds }, index) => ({
        name: [few, many][index] ?? '',
        sample: async () => ({ minutes: generatedSeconds / 60 }),
      })),
    },
  ];
}

/** Measures all sides together when the first of them is asked for. */
function inTurn(measure: () => Promise<Readings[]>): (index: number) => Promise<Readings> {
  let measured: Promise<Readings[]> = Promise.resolve([]);
  return async (index) => {
    if (index === 0) measured = measure();
    return (await measured)[index] ?? {};
  };
}
