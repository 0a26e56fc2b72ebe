import { setTimeout as pause } from 'node:timers/promises';
import { prefixOf } from '../../src/services/open-banking/credentials.ts';
import { openBankingProviders } from '../../src/services/open-banking/providers.ts';
import { refreshBalance } from '../../src/usecases/banking/refresh-balance.ts';
import type { UseCaseContext } from '../../src/usecases/context.ts';
import { costOf, inTurn, meanOfCheapest } from '../blocks.ts';
import { processorMs, residentMB, startNode, untilHealthy } from '../children.ts';
import type { Comparison, Readings } from '../harness.ts';
import { openContext, type Surroundings } from './context.ts';
import { access, beginPayment, linkAccount, type LinkedAccount } from './linked-account.ts';

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

async function block({ context, user, account }: Side): Promise<Readings> {
  const accountId = account.id;
  return {
    'a balance read, µs': await costOf(
      () => refreshBalance(context, user, { accountId, access }),
      readingsPerBlock,
    ),
    'a payment begun, µs': await costOf(() => beginPayment(context, { user, account }), paymentsPerBlock),
  };
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
    if (name === oneLive) round = await inTurn(opened, blocks, block);
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
