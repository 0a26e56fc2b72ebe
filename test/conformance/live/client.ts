import { readVariable, type Environment } from '#configuration/environment.ts';
import type { Fault } from '#configuration/variables/fault.ts';
import { providerVariables } from '#configuration/variables.ts';
import { systemClock, type Clock } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import { createOutbound } from '#services/guarded-call.ts';
import {
  credentialFaults,
  hasCredentials,
  prefixOf,
  readCredentials,
  secretFault,
} from '#services/open-banking/credentials.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { webhookUrlAt } from '#services/open-banking/routing.ts';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';
import type { Drift } from './drift.ts';

/** Where no customer ever comes back to; a provider that knows its addresses has `…_CALLBACK_URL`. */
const baseUrl = 'https://drop.example';

/** A provider's production client with the credentials of an environment, or why there is none. */
export type LiveClient =
  | { kind: 'live'; provider: OpenBankingProvider; callbackUrl: string; close(): Promise<void> }
  | { kind: 'absent'; reason: string }
  | { kind: 'faulty'; faults: readonly string[] };

export function liveClient(
  definition: ProviderDefinition,
  environment: Environment,
  around: { clock: Clock; drift: Drift },
): LiveClient {
  const own = { id: definition.id, isNamed: false };
  const schema = providerVariables(definition);
  const given = Object.keys(schema.shape).map((name) => [name, readVariable(environment, name)] as const);
  const parsed = schema.safeParse(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
  if (!parsed.success) return faulty(parsed.error.issues.map(({ path }) => `${path.join('.')} is at fault`));
  if (!hasCredentials(parsed.data, own)) return { kind: 'absent', reason: absence(definition) };
  const faults = faultsOf(definition, parsed.data);
  if (faults.length > 0) return faulty(faults);
  try {
    return made(definition, parsed.data, around);
  } catch (error) {
    // Such an error names variables, and no value.
    if (isDropError(error, 'configuration_invalid')) return faulty([error.message]);
    throw error;
  }
}

const faulty = (faults: readonly string[]): LiveClient => ({ kind: 'faulty', faults });

function absence({ id }: ProviderDefinition): string {
  const prefix = prefixOf(id);
  return `${prefix}_CLIENT_ID and ${prefix}_CLIENT_SECRET are not set`;
}

function faultsOf(definition: ProviderDefinition, values: Readonly<Record<string, unknown>>): string[] {
  const own = { id: definition.id, isNamed: false };
  const { clientSecretProblem } = definition;
  const faults: Fault[] = [
    ...credentialFaults(values, own, false),
    ...(clientSecretProblem ? secretFault(values, own, clientSecretProblem) : []),
    ...(definition.rules?.(values, { environment: 'sandbox', isMock: false }) ?? []),
  ];
  return faults.map(({ variable, problem }) => `${variable} ${problem}`);
}

function made(
  definition: ProviderDefinition,
  values: Readonly<Record<string, unknown>>,
  { clock, drift }: { clock: Clock; drift: Drift },
): LiveClient {
  const callbackUrl = `${baseUrl}/api/openbanking/callback`;
  const credentials = readCredentials(values, { id: definition.id, isNamed: false }, callbackUrl);
  const dispatcher = createDispatcher(credentials.tls);
  const provider = definition.createClient(values, {
    clock,
    entropy: systemEntropy,
    credentials,
    webhookUrl: webhookUrlAt(baseUrl, definition.id),
    log: () => undefined,
    onUnexpected: drift.onUnexpected,
    createOutbound: ({ provider: name, origins }) =>
      drift.watch(
        createOutbound({
          provider: name,
          origins,
          clock: systemClock,
          dispatcher,
          random: systemEntropy.fraction,
        }),
      ),
  });
  return { kind: 'live', provider, callbackUrl: credentials.callbackUrl, close: () => dispatcher.close() };
}
