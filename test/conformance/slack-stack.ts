import { Agent } from 'undici';
import { ManualClock, systemClock, type Scheduled } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import { Faults } from '#emulation/faults.ts';
import type { Outbound } from '#outbound/outbound.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { createSlackEmulator, type SlackEmulator } from '#services/slack/emulator/emulator.ts';
import { listenOnLoopback } from '../support/loopback.ts';

export const webhookPath = '/services/T0DEMO/B0DEMO/demo-webhook-token';

/** Time by hand, with word of what was put off: a test waits for the delay it expects instead of for time. */
class WatchedClock extends ManualClock {
  readonly #delaysMs: number[] = [];
  readonly #waiting = new Set<() => void>();

  override schedule(delayMs: number, task: () => void): Scheduled {
    this.#delaysMs.push(delayMs);
    for (const look of [...this.#waiting]) look();
    return super.schedule(delayMs, task);
  }

  /** Resolves once something was put off by exactly `delayMs` milliseconds, since the last such word. */
  async putOffBy(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const look = (): void => {
      const index = this.#delaysMs.indexOf(delayMs);
      if (index === -1) return;
      this.#delaysMs.splice(index, 1);
      this.#waiting.delete(look);
      resolve(undefined);
    };
    this.#waiting.add(look);
    look();
    await promise;
  }
}

export interface SlackStack {
  clock: WatchedClock;
  faults: Faults;
  emulator: SlackEmulator;
  origin: string;
  webhookUrl: Secret;
  outbound: Outbound;
  /** What the emulator's channel shows, oldest first. */
  texts(): string[];
  close: () => Promise<void>;
}

/** The emulator on a free port of loopback, and a way out to it. Time of the emulator and its client is by hand. */
export async function startSlackStack(): Promise<SlackStack> {
  const clock = new WatchedClock();
  const server = await listenOnLoopback(0);
  const faults = new Faults(systemClock, () => 0);
  const context = {
    clock,
    origin: server.origin,
    faults,
    random: () => 0,
    deliver: async () => undefined,
  };
  const emulator = createSlackEmulator(context, { webhookPath });
  server.handle((request, bindings) => emulator.routes.fetch(request, bindings));
  const dispatcher = new Agent();
  return {
    clock,
    faults,
    emulator,
    origin: server.origin,
    webhookUrl: new Secret(`${server.origin}${webhookPath}`),
    outbound: createOutbound({
      provider: 'slack',
      origins: [server.origin],
      clock: systemClock,
      dispatcher,
      random: () => 0,
    }),
    texts: () => emulator.state().messages.map(({ text }) => text),
    async close() {
      await dispatcher.close();
      await server.close();
    },
  };
}
