import type { SecretsOptions } from './client.ts';
import type { SecretsVariables } from './variables.ts';

/** The store that the variables name; undefined where they name none. */
export function secretsOptionsOf(values: SecretsVariables): SecretsOptions | undefined {
  const { SECRETS_MANAGER_IDS: ids, SECRETS_MANAGER_REGION: region } = values;
  const { SECRETS_MANAGER_ACCESS_KEY_ID: accessKeyId, SECRETS_MANAGER_SECRET_ACCESS_KEY: secretAccessKey } =
    values;
  if (!ids) return undefined;
  const credentials =
    accessKeyId !== undefined && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
  return { ids, region, endpoint: values.SECRETS_MANAGER_ENDPOINT, credentials };
}
