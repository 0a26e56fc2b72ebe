import { z } from 'zod';
import { secret } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';

const variable = variablesOf('Slack');

/** Alerts. */
export const variables = z.object({
  SLACK_WEBHOOK_URL: variable(
    {
      description:
        'incoming webhook of #drop-ops, required in production; elsewhere alerts go to the log without it',
      secret: true,
      address: 'provider',
    },
    secret.optional(),
  ),
});
