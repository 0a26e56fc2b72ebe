import type { FaultInput } from '#emulation/faults.ts';
import { seeded } from './deliveries.ts';
import { drawn } from './order-plan.ts';

/** What happens to webhooks at one provider. */
export interface WebhookTrouble {
  provider: string;
  action: string;
  parameters: object;
}

/** What happens within one second. */
export interface Trouble {
  /** Which process is killed, from 0 up to 1. */
  victim: number;
  faults: { provider: string; fault: FaultInput }[];
  webhooks: WebhookTrouble[];
  /** Whether webhooks of this second never arrive, although their sender believes that they did. */
  dropsWebhooks: boolean;
  /** How the bank will end the next payment of a provider. */
  outcome: { provider: string; outcome: 'reject' | 'insufficient_funds' } | undefined;
  crashes: 'database' | 'pooler' | undefined;
  mailIsDown: boolean;
}

export interface TroubleSetting {
  operations: Readonly<Record<string, readonly string[]>>;
  /** The providers that send webhooks. */
  senders: readonly string[];
  faultsASecond: number;
  /** Seconds from one crash to the next, in turn of the database and of the pooler. */
  crashesEvery: number;
  /** The seconds from which and to which the mail server is down. */
  mailIsDown: readonly [from: number, to: number];
}

export const effects = [
  'status',
  'latency',
  'reset',
  'empty',
  'malformed',
  'slow-drip',
  'drop-after-commit',
] as const;
const statuses = [500, 502, 503, 504, 408, 429] as const;
const timesMax = 3;
const latencyMsMax = 40_000;
const dripMsMax = 60;

/** The troubles of each second, without an end. The same seed has the same ones. */
export function* troublePlan(seed: number, setting: TroubleSetting): Generator<Trouble, never> {
  const faults = faultsInTurn(seed, setting);
  for (let second = 1; ; second += 1) {
    const random = seeded(seed * 1_000_003 + second);
    const [from, to] = setting.mailIsDown;
    const isCrash = second % setting.crashesEvery === 0;
    const crash = (second / setting.crashesEvery) % 2 === 1 ? 'database' : 'pooler';
    yield {
      victim: random(),
      faults: Array.from({ length: setting.faultsASecond }, () => faults.next().value),
      webhooks: setting.senders.map((provider) => ({ provider, ...webhookTrouble(random) })),
      dropsWebhooks: random() < 0.15,
      outcome: outcomeOf(Object.keys(setting.operations), random),
      crashes: isCrash ? crash : undefined,
      mailIsDown: second >= from && second < to,
    };
  }
}

/** Every effect at every operation of every provider, then again in another order. */
function* faultsInTurn(
  seed: number,
  { operations }: Pick<TroubleSetting, 'operations'>,
): Generator<Trouble['faults'][number], never> {
  const random = seeded(seed);
  const all = Object.entries(operations).flatMap(([provider, names]) =>
    names.flatMap((operation) => effects.map((effect) => ({ provider, operation, effect }))),
  );
  for (;;) {
    const turn = all.map((each) => ({ each, at: random() })).toSorted((left, right) => left.at - right.at);
    for (const { each } of turn) yield { provider: each.provider, fault: faultOf(each, random) };
  }
}

function faultOf(
  { operation, effect }: Pick<FaultInput, 'operation' | 'effect'>,
  random: () => number,
): FaultInput {
  const times = 1 + Math.floor(random() * timesMax);
  const status = statuses[Math.floor(random() * statuses.length)];
  const delayMs = Math.floor(random() * (effect === 'latency' ? latencyMsMax : dripMsMax));
  switch (effect) {
    case 'status':
      return { operation, effect, times, ...(status !== undefined && { status }) };
    case 'latency':
    case 'slow-drip':
      return { operation, effect, times, delayMs };
    case 'reset':
    case 'empty':
    case 'malformed':
    case 'drop-after-commit':
      return { operation, effect, times };
  }
}

function webhookTrouble(random: () => number): Omit<WebhookTrouble, 'provider'> {
  const delayMs = Math.floor(random() * 3_000);
  return drawn<Omit<WebhookTrouble, 'provider'>>(
    [
      [{ action: 'hold_webhooks', parameters: {} }, 25],
      [{ action: 'release_webhooks', parameters: { order: 'reversed' } }, 20],
      [{ action: 'release_webhooks', parameters: { order: 'sent' } }, 10],
      [{ action: 'duplicate_webhooks', parameters: { copies: 2, of: 'every' } }, 10],
      [{ action: 'duplicate_webhooks', parameters: { copies: 0, of: 'every' } }, 10],
      [{ action: 'delay_webhooks', parameters: { delayMs } }, 10],
      [{ action: 'delay_webhooks', parameters: { delayMs: 0 } }, 10],
      [{ action: 'corrupt_webhooks', parameters: { times: 2 } }, 5],
    ],
    random,
  );
}

function outcomeOf(providers: readonly string[], random: () => number): Trouble['outcome'] {
  const provider = providers[Math.floor(random() * providers.length)];
  if (provider === undefined || random() < 0.5) return undefined;
  return { provider, outcome: random() < 0.5 ? 'reject' : 'insufficient_funds' };
}
