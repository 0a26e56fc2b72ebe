import { z } from 'zod';
import { secret } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';

const variable = variablesOf('Slack');

/** Alerts. */
export const variables = z.object({
  SLACK_WEBHOOK_URL: variable(
    {
      description: 'incoming webhook of #drop-ops; without it alerts go to the log',
      secret: true,
      address: 'provider',
    },
    secret.optional(),
  ),
});
