import { text, secret, secrets } from './shapes.ts';
import { variablesOf } from './variable.ts';

const variable = variablesOf('Encryption at rest');

/** The keys of what Drop stores encrypted. */
export const dataEncryptionVariables = {
  DATA_ENCRYPTION_KEY: variable(
    {
      description:
        'base64 of at least 32 random bytes, key of what is stored encrypted; outside production a demo key is used',
      secret: true,
    },
    secret.optional(),
  ),
  DATA_ENCRYPTION_KEY_ID: variable(
    { description: 'names that key, in letters, digits, _ and -; stored beside what is encrypted' },
    text.default('1'),
  ),
  DATA_ENCRYPTION_FORMER_KEYS: variable(
    {
      description: 'former keys, id:base64 with commas between them, until nothing is left under them',
      secret: true,
    },
    secrets.optional(),
  ),
};
