import type { z } from 'zod';
import {
  configured,
  type ClientDependencies,
  type DropEnvironment,
  type ServiceDefinition,
} from '#services/definition.ts';
import { createSumsubClient } from './client.ts';
import { integration } from './integration.ts';
import { recorded } from './recorded.ts';
import type { Sumsub } from './service.ts';
import { variables } from './variables.ts';

/** Verification of customers by Sumsub. */
export const sumsub: ServiceDefinition<typeof variables, Sumsub> = {
  id: 'sumsub',
  displayName: 'Sumsub',
  variables,
  integration,
  recorded,
  createClient,
  checks(values, dependencies) {
    const client = createClient(values, dependencies);
    return [
      {
        subject: '',
        async run() {
          await client.findApplicant(unknownUserId);
          return { severity: 'ok', text: 'signed calls are answered' };
        },
      },
    ];
  },
  async createMock(values, { clock, seed }) {
    const { createSumsubMock } = await import('./mock.ts');
    return createSumsubMock({ clock, seed, levelName: values.SUMSUB_LEVEL_NAME });
  },
  async createEmulator(context, world) {
    const { startSumsubEmulator } = await import('./emulator/start.ts');
    return startSumsubEmulator(context, world);
  },
};

/** No customer has this id, since those of Drop are UUIDs. */
const unknownUserId = 'drop-doctor';

function createClient(
  values: z.output<typeof variables>,
  { environment, createOutbound, ...dependencies }: ClientDependencies & { environment: DropEnvironment },
): Sumsub {
  const secretKey = configured(values, 'SUMSUB_SECRET_KEY');
  if (!values.SUMSUB_WEBHOOK_SECRET && environment === 'production')
    dependencies.log('SUMSUB_WEBHOOK_SECRET is not set: webhooks are verified with the API secret', {});
  return createSumsubClient(
    {
      apiUrl: values.SUMSUB_API_URL,
      appToken: configured(values, 'SUMSUB_APP_TOKEN'),
      secretKey,
      webhookSecrets: values.SUMSUB_WEBHOOK_SECRET ?? [secretKey],
      webhookAlgorithms: values.SUMSUB_WEBHOOK_ALGORITHMS,
      levelName: values.SUMSUB_LEVEL_NAME,
      acceptSandboxMode: environment !== 'production',
    },
    {
      ...dependencies,
      outbound: createOutbound({ provider: 'sumsub', origins: [values.SUMSUB_API_URL] }),
    },
  );
}
