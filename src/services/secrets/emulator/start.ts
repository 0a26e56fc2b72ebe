import { randomBytes } from 'node:crypto';
import type { EmulatorContext } from '#emulation/emulator.ts';
import type { StartedEmulator } from '#services/definition.ts';
import { createSecretsEmulator } from './emulator.ts';

const region = 'eu-north-1';
const id = 'demo/drop';

/** Secrets Manager as the sandbox has it: one secret without variables, since the sandbox sets them itself. */
export function startSecretsEmulator(context: EmulatorContext): StartedEmulator {
  const secretAccessKey = `demo-${randomBytes(18).toString('hex')}`;
  const account = { accessKeyId: 'demo-AKIASECRETS', secretAccessKey, region };
  return {
    emulator: createSecretsEmulator(context, { account, secrets: { [id]: '{}' } }),
    about: {
      nb: 'Hemmeligheter, slik AWS Secrets Manager gir dem ut.',
      en: 'Secrets, as AWS Secrets Manager gives them out.',
    },
    environment: {
      SECRETS_MANAGER_IDS: id,
      SECRETS_MANAGER_REGION: region,
      SECRETS_MANAGER_ENDPOINT: context.origin,
      SECRETS_MANAGER_ACCESS_KEY_ID: account.accessKeyId,
      SECRETS_MANAGER_SECRET_ACCESS_KEY: secretAccessKey,
    },
  };
}
