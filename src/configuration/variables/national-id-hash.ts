import { flag, list, secret, secrets, text } from './shapes.ts';
import { variablesOf } from './variable.ts';

const variable = variablesOf('National identity numbers');

/** The keys of the hashes of national identity numbers. */
export const nationalIdHashVariables = {
  NATIONAL_ID_HASH_KEY: variable(
    {
      description:
        'key of the hashes of national identity numbers: base64 of at least 32 random bytes, used as text, not decoded',
      secret: true,
    },
    secret.optional(),
  ),
  NATIONAL_ID_HASH_KEY_ID: variable(
    { description: 'name of that key; stored beside every hash' },
    text.default('1'),
  ),
  NATIONAL_ID_HASH_FORMER_KEYS: variable(
    {
      description: 'former keys, id:base64 separated by commas, until no hash uses them',
      secret: true,
    },
    secrets.optional(),
  ),
  NATIONAL_ID_HASH_LOST_KEYS: variable(
    { description: 'ids of hash keys that are lost for good, so that a start without them is not refused' },
    list.optional(),
  ),
  NATIONAL_ID_HASH_PLAIN: variable(
    { description: 'true hashes without a key; such hashes can be reversed in a minute' },
    flag.default(false),
  ),
};
