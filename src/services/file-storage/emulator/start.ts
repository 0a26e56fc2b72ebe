import { randomBytes } from 'node:crypto';
import type { EmulatorContext } from '#emulation/emulator.ts';
import type { StartedEmulator } from '#services/definition.ts';
import { createFileStorageEmulator } from './emulator.ts';

const bucket = 'demo-drop-files';
const region = 'eu-north-1';

/** S3 as the sandbox has it, with one bucket. */
export function startFileStorageEmulator(context: EmulatorContext): StartedEmulator {
  const account = {
    accessKeyId: 'demo-AKIAFILES',
    secretAccessKey: `demo-${randomBytes(18).toString('hex')}`,
    region,
  };
  return {
    emulator: createFileStorageEmulator(context, { bucket, account }),
    about: {
      nb: 'Filer, slik Amazon S3 lagrer dem: kundenes kopier og signerte døgn av revisjonssporet.',
      en: 'Files as Amazon S3 stores them: customers’ copies, and the signed days of the audit trail.',
    },
    environment: {
      S3_UPLOADS_BUCKET: bucket,
      S3_REGION: region,
      S3_ENDPOINT: context.origin,
      S3_ACCESS_KEY_ID: account.accessKeyId,
      S3_SECRET_ACCESS_KEY: account.secretAccessKey,
    },
  };
}
