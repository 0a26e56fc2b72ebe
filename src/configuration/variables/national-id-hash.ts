import { text, secret, secrets, flag } from './shapes.ts';
import { variablesOf } from './variable.ts';

const variable = variablesOf('National identity numbers');

/** The keys of the hashes of national identity numbers. */
export const nationalIdHashVariables = {
  NATIONAL_ID_HASH_KEY: variable(
    {
      description:
        'base64 of at least 32 random bytes; that text as it stands is the key of hashes of national identity numbers',
      secret: true,
    },
    secret.optional(),
  ),
  NATIONAL_ID_HASH_KEY_ID: variable(
    { description: 'names that key; stored beside every hash' },
    text.default('1'),
  ),
  NATIONAL_ID_HASH_FORMER_KEYS: variable(
    {
      description: 'former keys, id:base64 with commas between them, until no hash is left under them',
      secret: true,
    },
    secrets.optional(),
  ),
  NATIONAL_ID_HASH_PLAIN: variable(
    { description: 'true hashes without a key, which can be reversed in a minute' },
    flag.default(false),
  ),
};
