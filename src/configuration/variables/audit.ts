import { list, secret, text } from './shapes.ts';
import { variablesOf } from './variable.ts';

const variable = variablesOf('Audit trail');

/** The audit trail: who vouches for it, and where that is stored. */
export const auditVariables = {
  AUDIT_SIGNING_KEY: variable(
    {
      description:
        'key that signs the root of each day: base64 of 32 random bytes; a demo key outside production',
      secret: true,
    },
    secret.optional(),
  ),
  AUDIT_PUBLIC_KEYS: variable(
    { description: 'public keys of former signing keys, separated by commas, whose roots stay good' },
    list.optional(),
  ),
  AUDIT_ROOTS_DIRECTORY: variable(
    {
      description: 'directory in which the signed roots are stored as well; Drop warns without it',
      example: '/var/lib/drop-audit',
    },
    text.optional(),
  ),
};
