import type { z } from 'zod';
import type { Fault } from '#configuration/variables/fault.ts';
import { pem, secret, secretPem, secrets, text, url } from '#configuration/variables/shapes.ts';
import { variablesOf, type VariableMeta } from '#configuration/variables/variable.ts';
import { Secret } from '#domain/secret.ts';
import { tlsFaultsOf, type ClientTls } from '#outbound/client-tls.ts';
import type { OpenBankingCredentials, ShownCertificate } from './definition.ts';

/** The variables of every provider's credentials, by the end of their names. */
const shapes = {
  CLIENT_ID: text.optional(),
  CLIENT_SECRET: secret.optional(),
  CALLBACK_URL: url.optional(),
  WEBHOOK_SECRET: secrets.optional(),
  TLS_CERTIFICATE: secretPem.optional(),
  TLS_PRIVATE_KEY: secretPem.optional(),
  TLS_AUTHORITIES: pem.optional(),
};

type Ending = keyof typeof shapes;

const descriptions: Record<Ending, Omit<VariableMeta, 'group'>> = {
  CLIENT_ID: { description: 'client id at the provider' },
  CLIENT_SECRET: { description: 'client secret or private key at the provider', secret: true },
  CALLBACK_URL: {
    description: 'redirect URI registered at the provider; default BASE_URL + /api/openbanking/callback',
    address: 'return',
  },
  WEBHOOK_SECRET: {
    description: 'webhook secret, if the provider has one; two separated by a comma during a rotation',
    secret: true,
  },
  TLS_CERTIFICATE: {
    description: 'client certificate in PEM with its chain, if the provider requires one (mutual TLS)',
  },
  TLS_PRIVATE_KEY: { description: 'its private key in PEM, without a passphrase', secret: true },
  TLS_AUTHORITIES: {
    description: 'certificate authorities in PEM to trust for the provider, in addition to the usual ones',
  },
};

/** A provider that has them is live. */
const required = ['CLIENT_ID', 'CLIENT_SECRET'] as const satisfies Ending[];

const endings = Object.keys(shapes) as Ending[];

type CredentialShape<Prefix extends string> = { [End in Ending as `${Prefix}_${End}`]: (typeof shapes)[End] };

/** Declares the variables of a provider's credentials: `<prefix>_CLIENT_ID` and its siblings. */
export function credentialVariables<Prefix extends string>(
  prefix: Prefix,
  group: string,
): CredentialShape<Prefix> {
  const declare = variablesOf(group);
  const declared = endings.map((end) => {
    const schema: z.ZodType = shapes[end];
    const isRequired = prefix === familyPrefix && required.some((each) => each === end);
    const meta = { ...descriptions[end], ...(isRequired && { required: true as const }) };
    // A schema of its own, since the registry knows each schema once.
    return [`${prefix}_${end}`, declare(meta, schema.clone())] as const;
  });
  return Object.fromEntries(declared) as CredentialShape<Prefix>;
}

/** The variables of the provider that `OPENBANKING_PROVIDER` names begin so. */
export const familyPrefix = 'OPENBANKING';

/** The beginning of a provider's own variables: `enable-banking` has `ENABLE_BANKING`. */
export function prefixOf(providerId: string): string {
  return providerId.toUpperCase().replaceAll('-', '_');
}

/** Renames the credentials among `environment` from `OPENBANKING_…` to the provider's own variables. */
export function toOwnVariables(
  providerId: string,
  environment: Readonly<Record<string, string>>,
): Record<string, string> {
  const renamed = new Map(endings.map((end) => [`${familyPrefix}_${end}`, `${prefixOf(providerId)}_${end}`]));
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [renamed.get(name) ?? name, value]),
  );
}

/** A provider, and whether `OPENBANKING_PROVIDER` names it. */
export interface NamedProvider {
  id: string;
  isNamed: boolean;
}

type Values = Readonly<Record<string, unknown>>;

/** The prefixes whose variables count for a provider, its own first. */
function prefixesOf({ id, isNamed }: NamedProvider): string[] {
  return isNamed ? [prefixOf(id), familyPrefix] : [prefixOf(id)];
}

function namesOf(provider: NamedProvider, end: Ending): string[] {
  return prefixesOf(provider).map((prefix) => `${prefix}_${end}`);
}

/** The name of the variable that gives a part of the credentials; undefined where none does. */
function givenBy(values: Values, provider: NamedProvider, end: Ending): string | undefined {
  return namesOf(provider, end).find((name) => values[name] !== undefined);
}

/** Whether a provider has credentials, and is live therefore. */
export function hasCredentials(values: Values, provider: NamedProvider): boolean {
  return required.every((end) => givenBy(values, provider, end) !== undefined);
}

/** The credentials as configured; empty parts stand for those that mock mode does without. */
export function readCredentials(
  values: Values,
  provider: NamedProvider,
  callbackUrl: string,
): OpenBankingCredentials {
  const read = <End extends Ending>(end: End): z.output<(typeof shapes)[End]> =>
    values[givenBy(values, provider, end) ?? ''] as z.output<(typeof shapes)[End]>;
  const tls: ClientTls = {
    certificate: read('TLS_CERTIFICATE'),
    privateKey: read('TLS_PRIVATE_KEY'),
    authorities: read('TLS_AUTHORITIES'),
  };
  return {
    clientId: read('CLIENT_ID') ?? '',
    clientSecret: read('CLIENT_SECRET') ?? new Secret(''),
    callbackUrl: read('CALLBACK_URL') ?? callbackUrl,
    webhookSecrets: read('WEBHOOK_SECRET') ?? [],
    tls: Object.values(tls).some((part) => part !== undefined) ? tls : undefined,
  };
}

/** The name of the variable that gives the secrets of the provider's webhooks; undefined where none does. */
export function webhookSecretVariable(values: Values, provider: NamedProvider): string | undefined {
  return givenBy(values, provider, 'WEBHOOK_SECRET');
}

/** The client certificate, where one is configured, under the name of the variable that gives it. */
export function clientCertificates(values: Values, provider: NamedProvider): ShownCertificate[] {
  const variable = givenBy(values, provider, 'TLS_CERTIFICATE');
  const certificate = readCredentials(values, provider, '').tls?.certificate;
  return variable === undefined || certificate === undefined ? [] : [{ variable, pem: certificate.reveal() }];
}

const tlsEndings = {
  certificate: 'TLS_CERTIFICATE',
  privateKey: 'TLS_PRIVATE_KEY',
  authorities: 'TLS_AUTHORITIES',
} as const satisfies Record<keyof ClientTls, Ending>;

/** What is wrong with a provider's credentials. Without any a provider is not live, but for the named one. */
export function credentialFaults(values: Values, provider: NamedProvider, isMock: boolean): Fault[] {
  const { tls } = readCredentials(values, provider, '');
  const tlsFaults = tlsFaultsOf(tls ?? {}).map(({ part, problem }) => {
    const end = tlsEndings[part];
    return { variable: givenBy(values, provider, end) ?? nameToSet(values, provider, end), problem };
  });
  return [...(isMock ? [] : missing(values, provider)), ...givenTwice(values, provider), ...tlsFaults];
}

/** The fault of a `CLIENT_SECRET` that the provider itself recognises as none; its value is not part of it. */
export function secretFault(
  values: Values,
  provider: NamedProvider,
  problemOf: (secret: Secret) => string | undefined,
): Fault[] {
  const variable = givenBy(values, provider, 'CLIENT_SECRET');
  if (variable === undefined) return [];
  const problem = problemOf(readCredentials(values, provider, '').clientSecret);
  return problem === undefined ? [] : [{ variable, problem }];
}

/** The family for the named provider, unless it uses its own variables. */
function nameToSet(values: Values, provider: NamedProvider, end: Ending): string {
  const isOwn = !provider.isNamed || anyOwn(values, provider) !== undefined;
  return `${isOwn ? prefixOf(provider.id) : familyPrefix}_${end}`;
}

function anyOwn(values: Values, { id }: NamedProvider): string | undefined {
  return endings.map((end) => `${prefixOf(id)}_${end}`).find((name) => values[name] !== undefined);
}

function missing(values: Values, provider: NamedProvider): Fault[] {
  const own = anyOwn(values, provider);
  if (!provider.isNamed && own === undefined) return [];
  return required
    .filter((end) => givenBy(values, provider, end) === undefined)
    .map((end) => {
      const alternative = `or ${prefixOf(provider.id)}_${end}, or NEXT_PUBLIC_SERVICE_MODE=mock outside production`;
      if (own === undefined)
        return { variable: `${familyPrefix}_${end}`, problem: `is required (${alternative})` };
      return { variable: `${prefixOf(provider.id)}_${end}`, problem: `is required beside ${own}` };
    });
}

function givenTwice(values: Values, provider: NamedProvider): Fault[] {
  if (!provider.isNamed) return [];
  return endings.flatMap((end) => {
    const [own = '', family = ''] = namesOf(provider, end);
    const [first, second] = [plain(values[own]), plain(values[family])];
    const isOne = first === undefined || second === undefined || first === second;
    return isOne ? [] : [{ variable: own, problem: `differs from ${family}: keep one of them` }];
  });
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain).join();
  return value instanceof Secret ? value.reveal() : value;
}
