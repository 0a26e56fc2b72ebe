import type { Secret } from '#domain/secret.ts';
import type { ServiceDefinition } from '#services/definition.ts';
import { createHeartbeatClient } from './client.ts';
import { integration } from './integration.ts';
import type { Heartbeats } from './service.ts';
import { variables } from './variables.ts';

/** Heartbeats of Drop's workers. The monitors themselves are `monitors/`, which only the commands use. */
export const betterStack: ServiceDefinition<typeof variables, Heartbeats> = {
  id: 'better-stack',
  displayName: 'BetterStack',
  variables,
  integration,
  createClient(values, { createOutbound, log }) {
    const urls = {
      scheduled_work: values.BETTERSTACK_HEARTBEAT_SCHEDULED_WORK_URL,
      webhook_inbox: values.BETTERSTACK_HEARTBEAT_WEBHOOK_INBOX_URL,
      outbox: values.BETTERSTACK_HEARTBEAT_OUTBOX_URL,
    };
    const given = Object.entries(urls).filter((entry): entry is [string, Secret] => entry[1] !== undefined);
    if (given.length === 0) return withoutAddresses;
    const origins = given.map(([, url]) => new URL(url.reveal()).origin);
    const outbound = createOutbound({ provider: 'better-stack', origins: [...new Set(origins)] });
    return createHeartbeatClient(Object.fromEntries(given), { outbound, log });
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
