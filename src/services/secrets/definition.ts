import type { ClientDependencies, ServiceDefinition } from '#services/definition.ts';
import { secretsCheck } from './checks.ts';
import { createSecretsClient, originOf } from './client.ts';
import type { Secrets } from './service.ts';
import { secretsOptionsOf } from './settings.ts';
import { integration } from './integration.ts';
import { variables, type SecretsVariables } from './variables.ts';

const withoutStore: Secrets = {
  isOn: false,
  read: async () => ({ current: new Map(), previous: new Map() }),
};

function createClient(
  values: SecretsVariables,
  { clock, createOutbound }: Pick<ClientDependencies, 'clock' | 'createOutbound'>,
): Secrets {
  const options = secretsOptionsOf(values);
  if (!options) return withoutStore;
  const outbound = createOutbound({ provider: 'secrets', origins: [originOf(options)] });
  return createSecretsClient(options, { clock, outbound });
}

/** Secrets that the environment does not give. At start they are read before there are services. */
export const secretsManager = {
  id: 'secrets',
  displayName: 'AWS Secrets Manager',
  variables,
  integration,
  rules(values) {
    const pair = ['SECRETS_MANAGER_ACCESS_KEY_ID', 'SECRETS_MANAGER_SECRET_ACCESS_KEY'] as const;
    const missing = pair.filter((name) => values[name] === undefined);
    if (missing.length !== 1) return [];
    return missing.map((variable) => ({ variable, problem: 'is required with the other half of the key' }));
  },
  createClient,
  checks(values, dependencies) {
    const secrets = createClient(values, dependencies);
    return secrets.isOn ? [secretsCheck(secrets)] : [];
  },
  async createMock() {
    const { createSecretsMock } = await import('./mock.ts');
    return createSecretsMock();
  },
  async createEmulator(context) {
    const { startSecretsEmulator } = await import('./emulator/start.ts');
    return startSecretsEmulator(context);
  },
} satisfies ServiceDefinition<typeof variables, Secrets>;
