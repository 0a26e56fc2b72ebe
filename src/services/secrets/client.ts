import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import type { Outbound } from '#outbound/outbound.ts';
import { parseStrictJson } from '#outbound/strict-json.ts';
import { createAwsRequestHandler } from '#services/aws-request-handler.ts';
import { errorOf, isAbsent } from './errors.ts';
import { overlapMs, type Secrets, type SecretValues } from './service.ts';
import { secretTextSchema } from './wire.ts';

export interface SecretsOptions {
  /** Names or ARNs. Of a variable that several give, the first counts. */
  ids: readonly string[];
  region: string;
  endpoint: string | undefined;
  /** Those that AWS gives the machine, without them. */
  credentials: { accessKeyId: string; secretAccessKey: Secret } | undefined;
}

export interface SecretsDependencies {
  clock: Clock;
  /** Its origin must be `originOf` the options. */
  outbound: Outbound;
}

type Stage = 'AWSCURRENT' | 'AWSPREVIOUS';

interface Version {
  values: SecretValues;
  createdAt: Date | undefined;
}

const absent: Version = { values: new Map(), createdAt: undefined };
export const timeoutMs = 5_000;

/** The only origin that is called. */
export function originOf({ region, endpoint }: SecretsOptions): string {
  return new URL(endpoint ?? `https://secretsmanager.${region}.amazonaws.com`).origin;
}

/** AWS Secrets Manager. The SDK is loaded with the first call. */
export function createSecretsClient(options: SecretsOptions, dependencies: SecretsDependencies): Secrets {
  let loaded: ReturnType<typeof loadSdk> | undefined;
  const sdk = (): ReturnType<typeof loadSdk> => (loaded ??= loadSdk(options, dependencies));

  async function version(SecretId: string, VersionStage: Stage): Promise<Version> {
    const { sdk: aws, client } = await sdk();
    try {
      const answer = await client.send(new aws.GetSecretValueCommand({ SecretId, VersionStage }));
      assertNamed(SecretId, answer);
      assertStage(VersionStage, answer.VersionStages);
      return { values: valuesOf(answer.SecretString), createdAt: answer.CreatedDate };
    } catch (error) {
      if (VersionStage === 'AWSPREVIOUS' && isAbsent(error)) return absent;
      throw errorOf(error);
    }
  }

  return {
    isOn: true,
    async read() {
      const versions = await Promise.all(
        options.ids.map(async (id) => {
          const [current, previous] = await Promise.all([
            version(id, 'AWSCURRENT'),
            version(id, 'AWSPREVIOUS'),
          ]);
          return { current: current.values, previous: overlaps(current) ? previous.values : absent.values };
        }),
      );
      return {
        current: joined(versions.map(({ current }) => current)),
        previous: joined(versions.map(({ previous }) => previous)),
      };
    },
  };

  /** The version before counts for a while after the current one was made, and never because of a time to come. */
  function overlaps({ createdAt }: Version): boolean {
    const ageMs = dependencies.clock.now().getTime() - (createdAt?.getTime() ?? NaN);
    return Math.abs(ageMs) < overlapMs;
  }
}

async function loadSdk(options: SecretsOptions, { outbound }: SecretsDependencies) {
  const sdk = await import('@aws-sdk/client-secrets-manager');
  const { region, endpoint, credentials } = options;
  const client = new sdk.SecretsManagerClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && {
      credentials: { ...credentials, secretAccessKey: credentials.secretAccessKey.reveal() },
    }),
    requestHandler: createAwsRequestHandler(outbound, () => ({
      operation: 'secrets_manager.get_secret_value',
      repeatable: true,
      timeoutMs,
      outlivesItsCause: true,
    })),
    maxAttempts: 1,
  });
  return { sdk, client };
}

/** A name, an ARN, or an ARN without the six characters that AWS adds to it. */
function assertNamed(
  id: string,
  { ARN = '', Name }: { ARN?: string | undefined; Name?: string | undefined },
): void {
  if (Name === id || ARN === id || ARN.startsWith(`${id}-`)) return;
  const message = 'AWS Secrets Manager: the answer is another secret than the one that was asked for';
  throw new DropError('provider_invalid_response', { message, provider: 'secrets' });
}

/** With the values of the version before, a rotation would count as done that is not. */
function assertStage(asked: Stage, given: readonly string[] | undefined): void {
  if (given === undefined || given.includes(asked)) return;
  const message =
    'AWS Secrets Manager: the answer is another version of the secret than the one that was asked for';
  throw new DropError('provider_invalid_response', { message, provider: 'secrets' });
}

function valuesOf(text: string | undefined): SecretValues {
  const parsed = secretTextSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    const message = 'AWS Secrets Manager: a secret is not JSON with a text for each variable';
    throw new DropError('provider_invalid_response', { message, provider: 'secrets' });
  }
  return new Map(Object.entries(parsed.data).map(([name, value]) => [name, new Secret(value)]));
}

function jsonOf(text: string | undefined): unknown {
  try {
    return parseStrictJson(text ?? '');
  } catch {
    return undefined;
  }
}

function joined(versions: readonly SecretValues[]): SecretValues {
  return new Map(versions.toReversed().flatMap((values) => [...values]));
}
