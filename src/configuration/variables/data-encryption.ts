import { text, secret, secrets } from './shapes.ts';
import { variablesOf } from './variable.ts';

const variable = variablesOf('Encryption at rest');

/** The keys of what Drop stores encrypted. */
export const dataEncryptionVariables = {
  DATA_ENCRYPTION_KEY: variable(
    {
      description:
        'key of what is stored encrypted: base64 of at least 32 random bytes; a demo key outside production',
      secret: true,
    },
    secret.optional(),
  ),
  DATA_ENCRYPTION_KEY_ID: variable(
    { description: 'name of that key: letters, digits, _ and -; stored beside what is encrypted' },
    text.default('1'),
  ),
  DATA_ENCRYPTION_FORMER_KEYS: variable(
    {
      description: 'former keys, id:base64 separated by commas, until nothing is encrypted with them',
      secret: true,
    },
    secrets.optional(),
  ),
};
