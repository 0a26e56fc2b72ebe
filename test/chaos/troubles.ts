import { pause } from './pause.ts';
import type { OwnPostgres } from './postgres.ts';
import type { Receivers } from './receivers.ts';
import type { Stage } from './stage.ts';
import type { Trouble } from './trouble-plan.ts';

const everyMs = 1_000;
/** Before a kill, so that work goes on where processes take long to start. */
const listeningMin = 3;

export interface TroubledStage extends Stage {
  postgres: OwnPostgres;
  /** Undefined where there is none on this machine. */
  pooler: { kill(): Promise<void>; restart(): Promise<void> } | undefined;
  receivers: Receivers;
}

export interface Troubles {
  readonly done: {
    seconds: number;
    kills: number;
    faults: number;
    databaseCrashes: number;
    poolerCrashes: number;
  };
  /** Ends all trouble, and resolves when what was held back has left. */
  end(): Promise<void>;
}

/** Makes the trouble of a plan, one a second, until it is ended, but that of `secondsMin` seconds at the least. */
export function makeTroubles(
  stage: TroubledStage,
  plan: Iterator<Trouble, never>,
  secondsMin: number,
): Troubles {
  const done = { seconds: 0, kills: 0, faults: 0, databaseCrashes: 0, poolerCrashes: 0 };
  const pending: Promise<unknown>[] = [];
  let isOver = false;
  let crashing: Promise<unknown> = Promise.resolve();

  async function make(trouble: Trouble): Promise<void> {
    const { fleet, banks, balancer, receivers } = stage;
    await fleet.atLeast(listeningMin);
    fleet.kill(trouble.victim);
    done.kills += 1;
    for (const { provider, fault } of trouble.faults) await banks.fault(provider, fault);
    done.faults += trouble.faults.length;
    // What is held leaves one after the other, which may take longer than a second.
    for (const { provider, action, parameters } of trouble.webhooks)
      pending.push(banks.act(provider, action, parameters).catch(ignoreClosed));
    balancer.dropsWebhooks = trouble.dropsWebhooks;
    if (trouble.outcome) {
      const { provider, outcome } = trouble.outcome;
      await banks.act(provider, 'payment_outcome', { outcome });
    }
    await receivers.mailIsDown(trouble.mailIsDown);
    if (trouble.crashes !== undefined) crashing = crashing.then(() => crash(trouble.crashes));
  }

  async function crash(what: Trouble['crashes']): Promise<void> {
    if (what === 'database') {
      done.databaseCrashes += 1;
      await stage.postgres.crash();
    }
    if (what === 'pooler' && stage.pooler) {
      done.poolerCrashes += 1;
      await stage.pooler.kill();
      await stage.pooler.restart();
    }
  }

  async function run(): Promise<void> {
    while (!isOver || done.seconds < secondsMin) {
      done.seconds += 1;
      await Promise.all([make(plan.next().value), pause(everyMs)]);
    }
  }

  const running = run();
  return {
    done,
    async end() {
      isOver = true;
      await running;
      await crashing;
      await Promise.all(pending);
      await calm(stage);
    },
  };
}

/**
 * The listener of the emulators closes a connection on which nothing has come for long, such as one that waits until
 * hundreds of webhooks have left. They leave all the same.
 */
function ignoreClosed(error: unknown): void {
  const cause = error instanceof TypeError ? error.cause : undefined;
  if (!(cause instanceof Error && 'code' in cause && cause.code === 'UND_ERR_SOCKET')) throw error;
}

async function calm({ banks, balancer, receivers }: TroubledStage): Promise<void> {
  balancer.dropsWebhooks = false;
  await receivers.mailIsDown(false);
  await banks.clearFaults();
  for (const provider of banks.senders) {
    await banks.act(provider, 'duplicate_webhooks', { copies: 0, of: 'every' });
    await banks.act(provider, 'delay_webhooks', { delayMs: 0 });
    await banks.act(provider, 'release_webhooks', { order: 'reversed' }).catch(ignoreClosed);
  }
}
