import { z } from 'zod';
import { baseAddress, secret, text } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';

const variable = variablesOf('File storage');

/** Without dots, since these would not fit the certificate of the bucket's address. */
const bucketName = text.regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
const region = text.regex(/^[a-z0-9-]{2,30}$/).default('eu-north-1');

/** Files of customers: in a bucket of S3, with a second one behind it, or in a directory of this machine. */
export const variables = z.object({
  S3_UPLOADS_BUCKET: variable(
    { description: 'bucket of S3 for files; without it they are in FILES_DIR', example: 'drop-files' },
    bucketName.optional(),
  ),
  S3_REGION: variable({ description: 'region of the bucket' }, region),
  S3_ENDPOINT: variable(
    {
      description: 'address of what speaks the protocol of S3, such as R2; that of AWS without it',
      address: 'provider',
    },
    baseAddress.optional(),
  ),
  S3_ACCESS_KEY_ID: variable(
    { description: 'access key of the bucket; without it the role that AWS gives the machine' },
    text.optional(),
  ),
  S3_SECRET_ACCESS_KEY: variable(
    { description: 'secret of S3_ACCESS_KEY_ID', secret: true },
    secret.optional(),
  ),
  S3_BACKUP_BUCKET: variable(
    { description: 'second bucket, used while the first does not answer', example: 'drop-files-backup' },
    bucketName.optional(),
  ),
  S3_BACKUP_REGION: variable({ description: 'region of the second bucket' }, region),
  S3_BACKUP_ENDPOINT: variable(
    {
      description: 'address of what speaks the protocol of S3, for the second bucket',
      address: 'provider',
      example: 'https://0123456789abcdef.r2.cloudflarestorage.com',
    },
    baseAddress.optional(),
  ),
  S3_BACKUP_ACCESS_KEY_ID: variable({ description: 'access key of the second bucket' }, text.optional()),
  S3_BACKUP_SECRET_ACCESS_KEY: variable(
    { description: 'secret of S3_BACKUP_ACCESS_KEY_ID', secret: true },
    secret.optional(),
  ),
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
