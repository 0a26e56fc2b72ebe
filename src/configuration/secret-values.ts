import type { Clock } from '#domain/clock.ts';
import { DropError, isDropError } from '#domain/errors.ts';
import type { Entropy } from '#domain/entropy.ts';
import type { ServiceOutboundOptions } from '#services/definition.ts';
import { secretsManager } from '#services/secrets/definition.ts';
import { loadVariables } from './config.ts';
import { fillMissing, processEnvironment, readVariable, type Environment } from './environment.ts';

interface Sources {
  clock: Clock;
  entropy: Entropy;
}

const startMs = 10_000;

const names = [
  'SECRETS_MANAGER_IDS',
  'SECRETS_MANAGER_REGION',
  'SECRETS_MANAGER_ENDPOINT',
  'SECRETS_MANAGER_ACCESS_KEY_ID',
  'SECRETS_MANAGER_SECRET_ACCESS_KEY',
] as const;

/**
 * Reads from AWS Secrets Manager what the environment does not have, once, at the start of a process, before the
 * configuration is read. Calls nothing where `SECRETS_MANAGER_IDS` is not set. Ends within 10 s.
 *
 * @throws {DropError} `configuration_invalid` when the secrets cannot be read: without them the faults of the
 * configuration would only mislead.
 */
export async function readMissingSecrets(
  sources: Sources,
  environment: Environment = processEnvironment,
): Promise<void> {
  if (readVariable(environment, 'SECRETS_MANAGER_IDS') === undefined) return;
  const values = loadVariables(names, environment);
  const { createOutbound, close } = await outboundAtStart(sources);
  const secrets = secretsManager.createClient(values, { clock: sources.clock, createOutbound });
  try {
    const { current } = await within(startMs, sources.clock, secrets.read());
    const own = new Set<string>(names);
    fillMissing(environment, new Map([...current].filter(([name]) => !own.has(name))));
  } catch (error) {
    throw unreadable(error, values.SECRETS_MANAGER_IDS ?? []);
  } finally {
    await close();
  }
}

/** Also bounds what the SDK does outside the guard, such as asking AWS for the role of the machine. */
async function within<Value>(limitMs: number, clock: Clock, work: Promise<Value>): Promise<Value> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const message = `no answer within ${limitMs} ms`;
  const timer = clock.schedule(limitMs, () => reject(new DropError('provider_timeout', { message })), {
    keepsAlive: true,
  });
  return Promise.race([work, over]).finally(() => timer.cancel());
}

/** There is no database yet, so these calls are recorded nowhere. */
async function outboundAtStart({ clock, entropy }: Sources) {
  const [{ createDispatcher }, { createOutbound }] = await Promise.all([
    import('#outbound/dispatcher.ts'),
    import('#services/guarded-call.ts'),
  ]);
  const dispatcher = createDispatcher();
  const around = { clock, random: entropy.fraction, dispatcher };
  return {
    createOutbound: ({ provider, origins }: ServiceOutboundOptions) =>
      createOutbound({ provider, origins, ...around }),
    close: () => dispatcher.close(),
  };
}

function unreadable(error: unknown, ids: readonly string[]): DropError {
  const reason = isDropError(error) ? `${error.code}: ${error.message}` : 'internal_error';
  return new DropError('configuration_invalid', {
    message:
      `The secrets ${ids.join(', ')} of SECRETS_MANAGER_IDS could not be read (${reason}).\n` +
      '  Check the region, that this machine reaches Secrets Manager, and that its role may call ' +
      'secretsmanager:GetSecretValue.',
    cause: error,
  });
}
