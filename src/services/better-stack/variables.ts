import { z } from 'zod';
import { secret } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';

const variable = variablesOf('BetterStack');

const heartbeat = (worker: string) =>
  variable(
    {
      description: `heartbeat address of ${worker}, written by \`drop monitors heartbeats\`; none is sent without it`,
      secret: true,
      address: 'provider',
    },
    secret.optional(),
  );

/** Heartbeats, which Drop sends. The token of the API is none of Drop's variables: only the commands read it. */
export const variables = z.object({
  BETTERSTACK_HEARTBEAT_SCHEDULED_WORK_URL: heartbeat('the scheduled work'),
  BETTERSTACK_HEARTBEAT_WEBHOOK_INBOX_URL: heartbeat('the webhook inbox'),
  BETTERSTACK_HEARTBEAT_OUTBOX_URL: heartbeat('the outbox'),
});
