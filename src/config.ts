import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DropError } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import type { OpenBankingCredentials } from '#services/open-banking/definition.ts';
import { openBankingProviders, findProvider } from '#services/open-banking/providers.ts';
import { faultsOf, type Fault } from './configuration/rules.ts';
import { coreVariables, type CoreVariables } from './configuration/variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process. */
export const processEnvironment: Environment = process.env;

/** Drop's configuration: the core variables as read, with what follows from them. */
export interface Config extends CoreVariables {
  baseUrl: string;
  bankIdCallbackUrl: string;
  openBanking: {
    providerId: string;
    credentials: OpenBankingCredentials;
    /** The chosen provider's own variables. */
    variables: Record<string, unknown>;
  };
}

/** The core variables together with those of every open banking provider. */
export const variables = openBankingProviders.reduce<z.ZodObject>(
  (all, provider) => all.extend(provider.variables.shape),
  coreVariables,
);

/**
 * Reads the configuration from `environment`. `NAME_FILE` names a file that holds the value of `NAME`; an empty value
 * counts as absent.
 *
 * @throws {DropError} `configuration_invalid`; its message lists every fault at once, each with what to do.
 */
export function loadConfig(environment: Environment = processEnvironment): Config {
  const { values, faults } = readValues(environment);
  const parsed = variables.safeParse(values);
  if (!parsed.success) faults.push(...parsed.error.issues.map(faultOfIssue));
  if (!parsed.success) throw configurationInvalid(faults);
  const core = parsed.data as unknown as CoreVariables;
  faults.push(...faultsOf(core, parsed.data));
  const providerId = core.OPENBANKING_PROVIDER ?? openBankingProviders[0].id;
  const provider = findProvider(providerId);
  if (!provider)
    faults.push({ variable: 'OPENBANKING_PROVIDER', problem: `must be one of ${providerIds()}` });
  if (faults.length > 0 || !provider) throw configurationInvalid(faults);
  const baseUrl = (core.BASE_URL ?? `http://localhost:${core.PORT}`).replace(/\/$/, '');
  return {
    ...core,
    baseUrl,
    bankIdCallbackUrl: core.BANKID_CALLBACK_URL ?? `${baseUrl}/api/auth/bankid/callback`,
    openBanking: {
      providerId,
      variables: provider.variables.parse(values),
      credentials: {
        clientId: core.OPENBANKING_CLIENT_ID ?? '',
        clientSecret: core.OPENBANKING_CLIENT_SECRET ?? new Secret(''),
        callbackUrl: core.OPENBANKING_CALLBACK_URL ?? `${baseUrl}/api/openbanking/callback`,
        webhookSecret: core.OPENBANKING_WEBHOOK_SECRET,
      },
    },
  };
}

function readValues(environment: Environment): { values: Record<string, string>; faults: Fault[] } {
  const values: Record<string, string> = {};
  const faults: Fault[] = [];
  for (const name of Object.keys(variables.shape)) {
    const direct = environment[name];
    const path = environment[`${name}_FILE`];
    if (direct) values[name] = direct;
    else if (path) readFileInto(values, faults, { name, path });
  }
  return { values, faults };
}

function readFileInto(
  values: Record<string, string>,
  faults: Fault[],
  file: { name: string; path: string },
): void {
  try {
    values[file.name] = readFileSync(file.path, 'utf8').trimEnd();
  } catch {
    faults.push({ variable: `${file.name}_FILE`, problem: `names ${file.path}, which cannot be read` });
  }
}

function faultOfIssue(issue: z.core.$ZodIssue): Fault {
  const expected =
    issue.code === 'invalid_value' ? `must be one of ${issue.values.join(', ')}` : issue.message;
  return { variable: issue.path.join('.'), problem: expected };
}

function configurationInvalid(faults: Fault[]): DropError {
  const lines = faults.map(({ variable, problem }) => `  ${variable} ${problem}`);
  return new DropError('configuration_invalid', {
    message: `The configuration is at fault (${faults.length}):\n${lines.join('\n')}`,
    fields: faults.map(({ variable, problem }) => ({ field: variable, message: problem })),
  });
}

function providerIds(): string {
  return openBankingProviders.map(({ id }) => id).join(', ');
}
