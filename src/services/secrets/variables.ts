import { z } from 'zod';
import { baseAddress, list, secret, text } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';

const variable = variablesOf('Secrets Manager');

/** Where secrets are that the environment does not give. These variables themselves are never read from there. */
export const variables = z.object({
  SECRETS_MANAGER_IDS: variable(
    {
      description:
        'names or ARNs of secrets in AWS Secrets Manager, separated by commas; each is JSON with the names of ' +
        'variables, and gives those that the environment does not have',
      example: 'drop/production',
    },
    list.refine((ids) => ids.length <= 10, 'must name at most 10 secrets').optional(),
  ),
  SECRETS_MANAGER_REGION: variable(
    { description: 'region of the secrets' },
    text.regex(/^[a-z0-9-]{2,30}$/).default('eu-north-1'),
  ),
  SECRETS_MANAGER_ENDPOINT: variable(
    {
      description: 'address of Secrets Manager, for a VPC endpoint; that of AWS without it',
      address: 'provider',
    },
    baseAddress.optional(),
  ),
  SECRETS_MANAGER_ACCESS_KEY_ID: variable(
    { description: 'access key; without it the role that AWS gives the machine' },
    text.optional(),
  ),
  SECRETS_MANAGER_SECRET_ACCESS_KEY: variable(
    { description: 'secret of SECRETS_MANAGER_ACCESS_KEY_ID', secret: true },
    secret.optional(),
  ),
});

export type SecretsVariables = z.output<typeof variables>;
