import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { prefixOf } from '../../src/services/open-banking/credentials.ts';
import { openBankingProviders } from '../../src/services/open-banking/providers.ts';
import { refreshBalance } from '../../src/usecases/banking/refresh-balance.ts';
import type { UseCaseContext } from '../../src/usecases/context.ts';
import { pay } from '../../src/usecases/payments/pay.ts';
import { processorMs, residentMB, startNode, untilHealthy } from '../children.ts';
import type { Comparison, Readings } from '../harness.ts';
import { openContext, type Surroundings } from './context.ts';
import { access, customer, linkAccount, locale, type LinkedAccount } from './linked-account.ts';

const [first, ...others] = openBankingProviders;
const all = openBankingProviders.length;

export const oneLive = '1 live';
export const allLive = `${all} live`;
const again = '1 live, again';
export const startTitle = 'A server with more live providers';
export const callTitle = 'A call with more live providers';

const settledMs = 3_000;
const blocks = 24;
const readingsPerBlock = 10;
const paymentsPerBlock = 4;

/** Without the credentials of the others, only the first provider is live. */
function onlyFirst(around: Surroundings): Surroundings {
  const prefixes = others.map(({ id }) => `${prefixOf(id)}_`);
  return Object.fromEntries(
    Object.entries(around).filter(([name]) => !prefixes.some((prefix) => name.startsWith(prefix))),
  );
}

async function startServer(around: Surroundings): Promise<Readings> {
  const port = around['PORT'] ?? '';
  const startedAt = performance.now();
  const environment = { ...around, DROP_ENVIRONMENT: 'sandbox', HOST: 'localhost', INTERNAL_PORT: '0' };
  const child = startNode(['bin/serve.js'], environment);
  const ended = child.line(() => false).then(Number);
  const healthyMs = await Promise.race([
    untilHealthy(`http://localhost:${port}/api/health`, startedAt),
    ended,
  ]);
  const usedMs = processorMs(child.pid) ?? Number.NaN;
  await pause(settledMs);
  const resident = residentMB(child.pid);
  await child.stop();
  return { 'healthy after, ms': healthyMs, 'processor until then, ms': usedMs, 'resident, MB': resident };
}

interface Side extends LinkedAccount {
  context: UseCaseContext;
}

async function openSide(around: Surroundings): Promise<Side> {
  const context = await openContext(around);
  return { context, ...(await linkAccount(context, first.id)) };
}

/** µs of processor of this process. */
async function costOf(act: () => Promise<unknown>, times: number): Promise<number> {
  const startedAt = process.cpuUsage();
  for (let turn = 0; turn < times; turn += 1) await act();
  const { user, system } = process.cpuUsage(startedAt);
  return (user + system) / times;
}

const form = {
  amount: { amount: 12_500, currency: 'NOK' },
  creditor: { name: 'Nordlys', accountNumber: '95360573002' },
  kid: undefined,
  text: undefined,
};

async function block({ context, user, account }: Side): Promise<Readings> {
  const accountId = account.id;
  const begin = (): Promise<unknown> => {
    const circumstances = {
      idempotencyKey: randomUUID(),
      access,
      locale,
      customer,
      acceptsRepeat: true,
    } as const;
    return pay(context, user, { form: { ...form, accountId }, circumstances });
  };
  return {
    'a balance read, µs': await costOf(
      () => refreshBalance(context, user, { accountId, access }),
      readingsPerBlock,
    ),
    'a payment begun, µs': await costOf(begin, paymentsPerBlock),
  };
}

/** The sides take turns block by block: what is to be seen is smaller than what the machine drifts by. */
async function runAll(sides: ReadonlyMap<string, Side>): Promise<Map<string, Readings[]>> {
  const spent = new Map<string, Readings[]>([...sides.keys()].map((name) => [name, []]));
  for (let turn = 0; turn < blocks; turn += 1) {
    const order = turn % 2 === 0 ? [...sides] : [...sides].toReversed();
    for (const [name, side] of order) spent.get(name)?.push(await block(side));
  }
  return spent;
}

/** The cheapest half of the blocks: what else the machine did meanwhile falls on the others. */
function meanOfCheapest(readings: readonly Readings[]): Readings {
  const names = Object.keys(readings[0] ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const sorted = readings.map((reading) => reading[name] ?? 0).toSorted((left, right) => left - right);
      const cheapest = sorted.slice(0, Math.ceil(sorted.length / 2));
      return [name, cheapest.reduce((sum, each) => sum + each, 0) / cheapest.length];
    }),
  );
}

/** The cost of each further live provider for a server and a call; the first one twice, so that the noise shows. */
export async function liveProviders(
  around: Surroundings,
  rounds: number,
): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const sides: [string, Surroundings][] = [
    [oneLive, onlyFirst(around)],
    [allLive, around],
    [again, onlyFirst(around)],
  ];
  const opened = new Map<string, Side>();
  for (const [name, surroundings] of sides) opened.set(name, await openSide(surroundings));
  let round = new Map<string, Readings[]>();
  const ofCall = async (name: string): Promise<Readings> => {
    if (name === oneLive) round = await runAll(opened);
    return meanOfCheapest(round.get(name) ?? []);
  };
  const common = { unit: '', baseline: oneLive, warmups: 1, rounds };
  return {
    comparisons: [
      {
        ...common,
        title: startTitle,
        method: '`bin/serve.js` with production clients on the emulators; memory 3 s after it is healthy.',
        subjects: sides.map(([name, surroundings]) => ({ name, sample: () => startServer(surroundings) })),
      },
      {
        ...common,
        title: callTitle,
        method:
          'Processor of the process, a balance read and a payment begun at the same provider through ' +
          `the use cases; ${blocks} blocks in turn, of which the cheapest half counts.`,
        subjects: sides.map(([name]) => ({ name, sample: () => ofCall(name) })),
      },
    ],
    async stop() {
      for (const { context } of opened.values()) {
        await context.store.close();
        await context.services.close(1_000);
      }
    },
  };
}
