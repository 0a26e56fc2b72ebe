import { Secret } from '#domain/secret.ts';
import { createHeartbeatClient } from '#services/better-stack/client.ts';
import { oneEnding } from './endings.ts';
import type { Operation } from './operation.ts';

/** A heartbeat never fails the work that it reports: what BetterStack does not take is a line of the log. */
export const betterStackOperations: Operation[] = [
  {
    provider: 'better-stack',
    name: 'better_stack.heartbeat',
    repeatable: true,
    // Only the status of the answer counts.
    endings: { ...oneEnding('to the log'), notJson: 'sent', wrongJson: 'sent' },
    absorbs: 'sent',
    payload: () => ({ type: 'text/plain', good: '', errorInside: 'error', unknownWord: 'word' }),
    async drive({ outbound, origin }) {
      let reached = 'sent';
      const urls = { outbox: new Secret(`${origin}/api/v1/heartbeat/x`) };
      await createHeartbeatClient(urls, { outbound, log: () => (reached = 'to the log') }).beat('outbox');
      return reached;
    },
  },
];
