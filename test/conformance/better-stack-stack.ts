import { Agent } from 'undici';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import { Faults } from '#emulation/faults.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { commandVariables, type CommandSettings } from '#services/better-stack/command-variables.ts';
import {
  createBetterStackEmulator,
  type BetterStackEmulator,
} from '#services/better-stack/emulator/emulator.ts';
import { createMonitoringApi, type MonitoringApi } from '#services/better-stack/monitors/api.ts';
import { listenOnLoopback } from '../support/loopback.ts';

const apiToken = 'demo-token-of-this-test';

export interface BetterStackStack {
  clock: ManualClock;
  faults: Faults;
  emulator: BetterStackEmulator;
  origin: string;
  api: MonitoringApi;
  settings: CommandSettings;
  /** A request to the API as a person's script makes it. */
  call(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>;
  /** What the emulator posted to Slack. */
  posted: string[];
  close(): Promise<void>;
}

/** What the commands are told in tests: a paid plan, and one recipient. */
export function settingsOf(given: Record<string, string> = {}): CommandSettings {
  return commandVariables.parse({
    BETTERSTACK_API_TOKEN: apiToken,
    BETTERSTACK_PLAN: 'paid',
    BETTERSTACK_RECIPIENTS: 'vakt@drop.example',
    ...given,
  });
}

/** The emulator on a free port of loopback, and the production client to it. */
export async function startBetterStackStack(
  given: Record<string, string> = {},
  token: string = apiToken,
): Promise<BetterStackStack> {
  const clock = new ManualClock();
  const server = await listenOnLoopback(0);
  const faults = new Faults(systemClock, () => 0);
  const posted: string[] = [];
  const { origin } = server;
  const context = {
    clock,
    origin,
    faults,
    random: () => 0,
    async deliver({ body }: { body: string }) {
      posted.push(body);
      return 200;
    },
  };
  let made = 0;
  const emulator = createBetterStackEmulator(context, {
    token: apiToken,
    heartbeatToken: () => `demo-heartbeat-${(made += 1)}`,
    environment: {},
  });
  emulator.begin({ slackWebhookUrl: 'http://localhost/slack' });
  server.handle((request, bindings) => emulator.routes.fetch(request, bindings));
  const dispatcher = new Agent();
  const outbound = createOutbound({
    provider: 'better-stack',
    origins: [origin],
    clock: systemClock,
    dispatcher,
    random: () => 0,
  });
  return {
    clock,
    faults,
    emulator,
    origin,
    posted,
    api: createMonitoringApi({ origin, token: new Secret(token) }, { clock: systemClock, outbound }),
    settings: settingsOf(given),
    async call(method, path, body) {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    },
    async close() {
      await emulator.close();
      await dispatcher.close();
      await server.close();
    },
  };
}
