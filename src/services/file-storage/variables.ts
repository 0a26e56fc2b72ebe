import { z } from 'zod';
import { secret, text } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';

const variable = variablesOf('File storage');

/** Files of customers: a directory of this machine. */
export const variables = z.object({
  FILES_DIR: variable(
    { description: 'directory for files where no bucket is named; all processes must see the same one' },
    text.default('.drop/files'),
  ),
  FILES_SIGNING_KEY: variable(
    {
      description:
        'key that signs the addresses of files that Drop serves itself: 32 random bytes in base64, the same for all ' +
        'processes; a new one for each start without it',
      secret: true,
    },
    secret.optional(),
  ),
});
