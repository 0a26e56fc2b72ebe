import { createSlackClient } from '#services/slack/client.ts';
import { Secret } from '#domain/secret.ts';
import type { Endings } from './endings.ts';
import { faults, type FaultName } from './faults.ts';
import type { Operation } from './operation.ts';

const toTheLog = 'to the log';
const endings: Endings = {
  unreachable: toTheLog,
  untrusted: toTheLog,
  cut: toTheLog,
  silent: toTheLog,
  oversized: toTheLog,
  notJson: toTheLog,
  wrongJson: toTheLog,
  redirected: toTheLog,
  refused: toTheLog,
  credentials: toTheLog,
  conflict: toTheLog,
  rateLimited: toTheLog,
  failing: toTheLog,
};

/** The queue of alerts repeats, not the call: what may pass or arrive a second time is tried five times. */
function requests(name: FaultName): string {
  const { kind } = faults[name];
  if (kind === 'unreachable' || kind === 'untrusted') return '×0 of 5';
  return ['cut', 'silent', 'rateLimited', 'failing'].includes(kind) ? '×5' : '×1';
}

/** An alert ends at Slack or in the log, whatever happens, and nobody waits for it. */
export const slackOperations: Operation[] = [
  {
    provider: 'slack',
    name: 'slack.send_alert',
    repeatable: false,
    endings,
    absorbs: toTheLog,
    requests,
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
