import { ManualClock, systemClock } from '#domain/clock.ts';

/** Whether work waits for an answer that takes real time: of an emulator, of the database, or of Drop itself. */
export type Business = 'idle' | 'answering' | 'waiting for others';

const turnMs = 1;
const idleStepMs = 250;
/** An answer of Drop may wait for the clock, as a repeated call does, so time goes on, but slower. */
const answeringStepMs = 10;
/** After so long an answer waits for the clock. */
const realMsMax = 3_000;

/** Moves a clock as fast as the work allows, so that a quarter of an hour passes in seconds. */
export interface Pace {
  clock: ManualClock;
  /** Resolves when `durationMs` milliseconds of the clock have passed. */
  pass(durationMs: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Begins to move time. While another process has to answer, time passes as it does outside, so that no deadline ends
 * because the machine is slow.
 */
export function startPace(businessOf: () => Business): Pace {
  const clock = new ManualClock(systemClock.now());
  let isStopped = false;
  let busySince: number | undefined;

  function stepMs(elapsedMs: number): number {
    const business = businessOf();
    if (business === 'idle') {
      busySince = undefined;
      return idleStepMs;
    }
    busySince ??= systemClock.monotonicMs();
    if (systemClock.monotonicMs() - busySince > realMsMax) return idleStepMs;
    return business === 'answering' ? answeringStepMs : elapsedMs;
  }

  async function run(): Promise<void> {
    for (let last = systemClock.monotonicMs(); !isStopped;) {
      await realTurn();
      const now = systemClock.monotonicMs();
      clock.advance(stepMs(now - last));
      last = now;
    }
  }

  const running = run();
  return {
    clock,
    async pass(durationMs) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      clock.schedule(durationMs, () => resolve(undefined));
      await promise;
    },
    async stop() {
      isStopped = true;
      await running;
    },
  };
}

async function realTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  systemClock.schedule(turnMs, () => resolve(undefined), { keepsAlive: true });
  await promise;
}
