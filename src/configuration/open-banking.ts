import {
  clientCertificates,
  credentialFaults,
  hasCredentials,
  readCredentials,
  secretFault,
  webhookSecretVariable,
} from '#services/open-banking/credentials.ts';
import type {
  OpenBankingCredentials,
  ProviderDefinition,
  ShownCertificate,
} from '#services/open-banking/definition.ts';
import { formerProviderProblem, isFormerProvider } from './former-services.ts';
import type { CoreVariables } from './variables.ts';
import type { Fault } from './variables/fault.ts';

/** A provider that Drop has credentials for, or any provider in mock mode. */
export interface LiveProvider {
  id: string;
  credentials: OpenBankingCredentials;
  /** Gives `credentials.webhookSecrets`, where there are any. */
  webhookSecretVariable: string | undefined;
  /** Its own variables. */
  variables: Record<string, unknown>;
  /** That of its connections, where there is one, and others. */
  certificates: readonly ShownCertificate[];
}

/** The providers of open banking as configured. */
export interface OpenBankingSettings {
  /** Serves new consents. */
  providerId: string;
  /** Each serves what was begun there. */
  providers: readonly LiveProvider[];
}

type Values = Readonly<Record<string, unknown>>;

/** The provider that `OPENBANKING_PROVIDER` names; without it the first of the list. */
function namedProviderId(core: CoreVariables, providers: readonly ProviderDefinition[]): string {
  return core.OPENBANKING_PROVIDER ?? providers[0]?.id ?? '';
}

/** Those that are live: the providers with credentials, or all in mock mode. */
export function liveProviders(
  core: CoreVariables,
  all: Values,
  providers: readonly ProviderDefinition[],
): readonly ProviderDefinition[] {
  if (core.NEXT_PUBLIC_SERVICE_MODE === 'mock') return providers;
  const named = namedProviderId(core, providers);
  return providers.filter(({ id }) => hasCredentials(all, { id, isNamed: id === named }));
}

/** Reads a configuration in which `openBankingFaults` finds nothing. */
export function readOpenBanking(
  core: CoreVariables,
  all: Values,
  options: { providers: readonly ProviderDefinition[]; baseUrl: string },
): OpenBankingSettings {
  const providerId = namedProviderId(core, options.providers);
  const callbackUrl = `${options.baseUrl}/api/openbanking/callback`;
  const live = liveProviders(core, all, options.providers).map((definition) => {
    const { id } = definition;
    const named = { id, isNamed: id === providerId };
    const variables = ownVariables(definition, all);
    return {
      id,
      variables,
      credentials: readCredentials(all, named, callbackUrl),
      webhookSecretVariable: webhookSecretVariable(all, named),
      certificates: [...clientCertificates(all, named), ...(definition.certificates?.(variables) ?? [])],
    };
  });
  return { providerId, providers: live };
}

function ownVariables({ variables }: ProviderDefinition, all: Values): Record<string, unknown> {
  return Object.fromEntries(Object.keys(variables.shape).map((name) => [name, all[name]]));
}

export function openBankingFaults(
  core: CoreVariables,
  all: Values,
  providers: readonly ProviderDefinition[],
): Fault[] {
  const named = namedProviderId(core, providers);
  const isMock = core.NEXT_PUBLIC_SERVICE_MODE === 'mock';
  const faults = providers.flatMap(({ id, clientSecretProblem }) => {
    const provider = { id, isNamed: id === named };
    // Mock mode uses no credentials, so that those of a live system may stay set.
    const isChecked = !isMock && clientSecretProblem !== undefined;
    const ofSecret = isChecked ? secretFault(all, provider, clientSecretProblem) : [];
    return [...credentialFaults(all, provider, isMock), ...ofSecret];
  });
  if (providers.some(({ id }) => id === named)) return faults;
  const known = providers.map(({ id }) => id).join(', ');
  const problem = isFormerProvider(named) ? formerProviderProblem(known) : `must be one of ${known}`;
  return [{ variable: 'OPENBANKING_PROVIDER', problem }, ...faults];
}
