import OpossumBreaker from 'opossum';
import { Agent, request } from 'undici';
import { systemClock } from '../src/domain/clock.ts';
import { systemEntropy } from '../src/domain/entropy.ts';
import { createDispatcher } from '../src/outbound/dispatcher.ts';
import { createOutbound } from '../src/services/guarded-call.ts';
import { startNode } from './children.ts';
import { cockatielPolicy } from './guarded-call-cockatiel.js';
import type { Comparison, Readings } from './harness.ts';

export const guardedTitle = 'Guarded call';
export const bareCall = 'bare undici';
export const guardedCall = 'Drop';

const blocks = 160;
const callsPerBlock = 200;
const timeoutMs = 10_000;
const headers = { accept: 'application/json', authorization: 'Bearer demo' };

type Call = () => Promise<unknown>;

interface Spent {
  wallUs: number;
  processorUs: number;
}

/** A block of calls, one after the other, so that the time of a call is seen whole. */
async function run(call: Call, spent: Spent): Promise<void> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  for (let number = 0; number < callsPerBlock; number += 1) await call();
  const { user, system } = process.cpuUsage(cpu);
  spent.wallUs += (performance.now() - startedAt) * 1000;
  spent.processorUs += user + system;
}

/** The subjects take turns block by block, since what is to be seen is smaller than what the machine drifts by. */
async function runAll(calls: ReadonlyMap<string, Call>): Promise<Map<string, Spent>> {
  const all = new Map([...calls.keys()].map((name) => [name, { wallUs: 0, processorUs: 0 }]));
  for (let block = 0; block < blocks; block += 1) {
    for (const [name, call] of balanced([...calls], block)) {
      await run(call, all.get(name) ?? { wallUs: 0, processorUs: 0 });
    }
  }
  return all;
}

/**
 * An order in which, over as many turns as there are items, each follows each other once: a block pays for what the one
 * before it left. Items are even in number. Source: E. J. Williams, "Experimental designs balanced for the estimation
 * of residual effects of treatments", 1949.
 */
function balanced<Item>(items: readonly Item[], turn: number): Item[] {
  const count = items.length;
  const steps = items.map((_, place) => (place % 2 === 1 ? (place + 1) / 2 : count - place / 2));
  return steps.map((step) => items[(turn + step) % count] as Item);
}

function callsOf(origin: string): ReadonlyMap<string, Call> {
  const url = `${origin}/payments/497f6eca-6276-4993-bfeb-53cbbbba6f08`;
  const dispatcher = new Agent();
  const send = async (signal?: AbortSignal): Promise<unknown> => {
    const options = { method: 'GET', headers, dispatcher, ...(signal && { signal }) } as const;
    return (await request(url, options)).body.json();
  };
  const outbound = createOutbound({
    provider: 'bench',
    origins: [origin],
    clock: systemClock,
    dispatcher: createDispatcher(),
    random: systemEntropy.fraction,
  });
  const policy = cockatielPolicy(timeoutMs);
  const breaker = new OpossumBreaker(async () => send(), { timeout: timeoutMs, capacity: 32 });
  return new Map<string, Call>([
    [bareCall, async () => send()],
    [
      guardedCall,
      async () => {
        const operation = 'bench.read_payment';
        return (await outbound.send({ operation, method: 'GET', url, headers, repeatable: true })).json();
      },
    ],
    ['cockatiel', async () => policy.execute(({ signal }) => send(signal))],
    ['opossum', async () => breaker.fire()],
  ]);
}

/** What it costs to call through the guard: bare undici reads the same answer with no guard at all. */
export async function guardedCallBench(options: {
  rounds: number;
}): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const server = startNode(['bench/provider-server.ts']);
  const port = (await server.line((line) => line.startsWith('port '))).slice('port '.length);
  const calls = callsOf(`http://127.0.0.1:${port}`);
  let round: Map<string, Spent> = new Map();
  const sample = async (name: string): Promise<Readings> => {
    if (name === bareCall) round = await runAll(calls);
    const perCall = (spent?: number): number => (spent ?? 0) / (blocks * callsPerBlock);
    const own = round.get(name);
    const processorUs = perCall(own?.processorUs);
    const added = processorUs - perCall(round.get(bareCall)?.processorUs);
    return { 'a call': perCall(own?.wallUs), 'processor, a call': processorUs, 'processor, added': added };
  };
  const comparison: Comparison = {
    title: guardedTitle,
    method:
      `GET of 200 bytes of JSON from a server in another process, on one connection, one call after the other, each ` +
      `read and parsed; ${blocks} blocks of ${callsPerBlock} calls, the subjects in turn. Drop: deadline, repetition ` +
      'with a budget, breaker, limit, caps, strict JSON. cockatiel: retry, breaker, bulkhead, aggressive timeout. ' +
      'opossum: breaker with timeout and capacity.',
    unit: 'µs',
    subjects: [...calls.keys()].map((name) => ({ name, sample: () => sample(name) })),
    baseline: bareCall,
    warmups: 1,
    rounds: options.rounds,
  };
  return { comparisons: [comparison], stop: () => server.stop() };
}
