import { z } from 'zod';
import { baseAddress, list, secret, url } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';

const variable = variablesOf('BetterStack, read by `drop monitors` only');

const host = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);

/**
 * The variables of the command `monitors`. They are not part of Drop's configuration: a token of BetterStack may delete
 * every monitor of its team, so the app does not read it.
 */
export const commandVariables = z.object({
  BETTERSTACK_API_TOKEN: variable(
    { description: 'token of the API; for the machine of an operator, not for that of Drop', secret: true },
    secret,
  ),
  BETTERSTACK_API_URL: variable(
    { description: 'address of the API' },
    url.default('https://uptime.betterstack.com'),
  ),
  BETTERSTACK_PLAN: variable(
    { description: 'plan of the account; SMS and checks every minute need a paid one' },
    z.enum(['free', 'paid']).default('free'),
  ),
  BETTERSTACK_RECIPIENTS: variable(
    {
      description:
        'e-mail addresses of the BetterStack users who are told, with commas; the ones on call without it',
    },
    list.optional(),
  ),
  BETTERSTACK_HEALTH_URL: variable(
    { description: 'health address that is watched' },
    url.default('https://getdrop.no/api/health'),
  ),
  BETTERSTACK_APP_URL: variable(
    { description: 'address of the web app that is watched' },
    url.default('https://drop.alai.no'),
  ),
  BETTERSTACK_RUNBOOK_URL: variable(
    {
      description:
        'where docs/runbook/ is served: each incident links to its pages; the path in the repository without it',
    },
    baseAddress.optional(),
  ),
  BETTERSTACK_STATUS_PAGE: variable(
    { description: 'subdomain of the public status page' },
    host.default('drop-status'),
  ),
});

/** What the commands were told. */
export type CommandSettings = z.output<typeof commandVariables>;
