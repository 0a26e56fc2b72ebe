import type { z } from 'zod';
import type { Secret } from '#domain/secret.ts';
import type { ServiceDefinition } from '#services/definition.ts';
import { createHeartbeatClient } from './client.ts';
import { commandVariables } from './command-variables.ts';
import { integration } from './integration.ts';
import { heartbeatNames, type Heartbeats } from './service.ts';
import { variables } from './variables.ts';

/** Heartbeats of Drop's workers. The monitors themselves are `monitors/`, which only the commands use. */
export const betterStack: ServiceDefinition<typeof variables, Heartbeats> = {
  id: 'better-stack',
  displayName: 'BetterStack',
  variables,
  commandVariables,
  integration,
  createClient(values, { createOutbound, log }) {
    const given = addressesOf(values);
    if (given.length === 0) return withoutAddresses;
    const outbound = createOutbound({ provider: 'better-stack', origins: originsOf(given) });
    return createHeartbeatClient(Object.fromEntries(given), { outbound, log });
  },
  checks(values, { createOutbound }) {
    const given = addressesOf(values);
    if (given.length === 0) return [];
    // Makes its origins known to the check of server certificates.
    createOutbound({ provider: 'better-stack', origins: originsOf(given) });
    const count = `${given.length} of ${heartbeatNames.length}`;
    const text = `${count} heartbeats are configured; to try one would be to send it`;
    const advice = 'look at the heartbeats with `npx drop monitors plan`';
    return [{ subject: 'heartbeats', run: async () => ({ severity: 'skipped', text, advice }) }];
  },
  async createMock() {
    const { createHeartbeatMock } = await import('./mock.ts');
    return createHeartbeatMock();
  },
  async createEmulator(context, world) {
    const { startBetterStackEmulator } = await import('./emulator/start.ts');
    return startBetterStackEmulator(context, world);
  },
};

const withoutAddresses: Heartbeats = { names: [], beat: async () => undefined };

type Given = readonly (readonly [string, Secret])[];

function addressesOf(values: z.output<typeof variables>): Given {
  const urls = {
    scheduled_work: values.BETTERSTACK_HEARTBEAT_SCHEDULED_WORK_URL,
    webhook_inbox: values.BETTERSTACK_HEARTBEAT_WEBHOOK_INBOX_URL,
    outbox: values.BETTERSTACK_HEARTBEAT_OUTBOX_URL,
  };
  return Object.entries(urls).filter((entry): entry is [string, Secret] => entry[1] !== undefined);
}

function originsOf(given: Given): string[] {
  return [...new Set(given.map(([, url]) => new URL(url.reveal()).origin))];
}
