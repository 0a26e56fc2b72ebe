import { createSlackClient } from '#services/slack/client.ts';
import { Secret } from '#domain/secret.ts';
import type { Operation } from './operation.ts';

/** An alert ends at Slack or in the log, whatever happens, and nobody waits for it. */
export const slackOperations: Operation[] = [
  {
    provider: 'slack',
    name: 'slack.send_alert',
    payload: () => ({
      type: 'text/html',
      good: 'ok',
      errorInside: 'no_service',
      unknownWord: 'no_such_word',
    }),
    async drive({ outbound, origin, clock }) {
      let reached = 'sent';
      const client = createSlackClient(
        { webhookUrl: new Secret(`${origin}/services/T/B/X`), environment: 'sandbox' },
        { clock, outbound, log: () => (reached = 'to the log') },
      );
      await client.sendAlert({ severity: 'critical', title: 'Title', message: 'Message' });
      return reached;
    },
  },
];
