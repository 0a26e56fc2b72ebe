import type { Config } from '#configuration/config.ts';
import { processEnvironment, sourceOf } from '#configuration/environment.ts';
import type { Secret } from '#domain/secret.ts';
import { startSecretRotation, type SecretRotation } from '#services/secrets/rotation.ts';
import type { UseCaseContext } from '#usecases/context.ts';

const names = ['SUMSUB_WEBHOOK_SECRET', 'MAIL_BOUNCE_SECRET'] as const;

/** Follows rotations of those secrets of webhooks that are from Secrets Manager. */
export function followRotations(
  { services, clock, log }: Pick<UseCaseContext, 'services' | 'clock' | 'log'>,
  config: Pick<Config, (typeof names)[number]>,
): SecretRotation {
  const lists = new Map<string, Secret[]>();
  for (const name of names) {
    const list = config[name];
    if (list && sourceOf(processEnvironment, name) === 'secrets_manager') lists.set(name, list);
  }
  return startSecretRotation({ secrets: services.secrets, clock, lists, log });
}
