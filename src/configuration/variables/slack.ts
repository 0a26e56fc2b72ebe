import { secret } from './shapes.ts';
import { variablesOf } from './variable.ts';

const variable = variablesOf('Slack');

/** Alerts. */
export const slackVariables = {
  SLACK_WEBHOOK_URL: variable(
    {
      description: 'incoming webhook of #drop-ops; without it alerts go to the log',
      secret: true,
      providerUrl: true,
    },
    secret.optional(),
  ),
};
