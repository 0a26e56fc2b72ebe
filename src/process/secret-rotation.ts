import type { Config } from '#configuration/config.ts';
import { processEnvironment, sourceOf } from '#configuration/environment.ts';
import type { Secret } from '#domain/secret.ts';
import { startSecretRotation, type SecretRotation } from '#services/secrets/rotation.ts';
import type { UseCaseContext } from '#usecases/context.ts';

const names = ['SUMSUB_WEBHOOK_SECRET', 'MAIL_BOUNCE_SECRET'] as const;

type RotatedConfig = Pick<Config, (typeof names)[number] | 'openBanking'>;

/** Follows rotations of those secrets of webhooks that are from Secrets Manager. */
export function followRotations(
  { services, clock, log }: Pick<UseCaseContext, 'services' | 'clock' | 'log'>,
  config: RotatedConfig,
  environment = processEnvironment,
): SecretRotation {
  const lists = new Map(
    listsOf(config).filter(([name]) => sourceOf(environment, name) === 'secrets_manager'),
  );
  return startSecretRotation({ secrets: services.secrets, clock, lists, log });
}

/** The secrets of webhooks, by the variable that gives them. */
function listsOf(config: RotatedConfig): [string, Secret[]][] {
  const ofServices = names.map((name) => [name, config[name]] as const);
  const ofProviders = config.openBanking.providers.map(
    ({ webhookSecretVariable: name, credentials }) => [name, credentials.webhookSecrets] as const,
  );
  return [...ofServices, ...ofProviders].flatMap(([name, list]) => (name && list ? [[name, list]] : []));
}
