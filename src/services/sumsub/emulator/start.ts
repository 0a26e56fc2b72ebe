import type { EmulatorContext } from '#emulation/emulator.ts';
import type { SandboxWorld, StartedEmulator } from '#services/definition.ts';
import { createSumsubEmulator } from './emulator.ts';

const credentials = {
  appToken: 'demo-sumsub-app-token',
  secretKey: 'demo-sumsub-secret-key',
  webhookSecret: 'demo-sumsub-webhook-secret',
};

/** Sumsub as the sandbox has it, with an account for Drop. */
export function startSumsubEmulator(context: EmulatorContext, { appOrigin }: SandboxWorld): StartedEmulator {
  const emulator = createSumsubEmulator(context, {
    ...credentials,
    webhookUrl: `${appOrigin}/api/kyc/webhook`,
    levelName: 'basic-kyc-level',
  });
  return {
    emulator,
    about: {
      nb: 'Identitetskontroll: dokument og selfie, svar og webhooks.',
      en: 'Identity checks: document and selfie, verdicts and webhooks.',
    },
    environment: {
      SUMSUB_API_URL: context.origin,
      SUMSUB_APP_TOKEN: credentials.appToken,
      SUMSUB_SECRET_KEY: credentials.secretKey,
      SUMSUB_WEBHOOK_SECRET: credentials.webhookSecret,
      SUMSUB_WEBSDK_SCRIPT_URL: `${context.origin}/idensic/static/sns-websdk-builder.js`,
      SUMSUB_WEBSDK_BASE_URL: context.origin,
    },
  };
}
