import { processEnvironment } from '#configuration/environment.ts';
import { systemClock, type Clock } from '#domain/clock.ts';
import { surviveClosedOutput } from './closed-output.ts';
import type { Teardown } from './teardown.ts';

export interface SignalReactions {
  /** Called at the first signal, before anything is undone. */
  onStopping?: (signal: string) => void;
  /** Called when everything is undone. */
  onStopped?: () => void;
  onFailure: (message: string, error: unknown) => void;
  /**
   * How long everything goes on after SIGTERM, in milliseconds; not at all unless given. A load balancer needs the time
   * to send requests elsewhere. Ctrl-C does not wait.
   */
  servesOnMs?: () => number;
  /** The machine's clock unless given. */
  clock?: Clock;
}

/** Supervisors kill half a minute after SIGTERM; with the seconds that Drop serves on, this ends before. */
const stopMsMax = 22_000;

/** A terminal's Ctrl-C reaches the process twice under npm: once from the terminal, once passed on. */
const sameSignalMs = 1_000;

/** Stops in order on SIGINT and SIGTERM, also during the start; exits at once on a second signal. */
export function stopOnSignals(teardown: Teardown, reactions: SignalReactions): void {
  const { clock = systemClock } = reactions;
  let stoppingSince: number | undefined;

  async function stop(signal: string): Promise<void> {
    const now = clock.now().getTime();
    if (stoppingSince !== undefined) {
      if (now - stoppingSince > sameSignalMs) process.exit(130);
      return;
    }
    stoppingSince = now;
    surviveClosedOutput();
    reactions.onStopping?.(signal);
    if (signal === 'SIGTERM') await pass(reactions.servesOnMs?.() ?? 0, clock);
    clock.schedule(stopMsMax, () => {
      reactions.onFailure(`stopping took more than ${stopMsMax} ms: what was left is cut off`, undefined);
      process.exit(1);
    });
    await teardown.run(signal);
    reactions.onStopped?.();
    process.exit(0);
  }

  const react = (signal: string): void => {
    stop(signal).catch((error: unknown) => {
      reactions.onFailure('stopping failed', error);
      process.exit(1);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => react(signal));
  if (processEnvironment['npm_lifecycle_event'] !== undefined) onParentGone(() => react('SIGTERM'));
}

const parentEveryMs = 500;

/** npm passes a signal to a shell, which ends without passing it on: what is left to see is that the shell is gone. */
function onParentGone(act: () => void): void {
  const parent = process.ppid;
  const look = (): void => {
    if (process.ppid === parent) systemClock.schedule(parentEveryMs, look);
    else act();
  };
  look();
}

function pass(delayMs: number, clock: Clock): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  if (delayMs === 0) resolve(undefined);
  else clock.schedule(delayMs, () => resolve(undefined), { keepsAlive: true });
  return promise;
}
