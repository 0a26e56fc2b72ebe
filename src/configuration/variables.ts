import { z } from 'zod';
import { Secret } from '#domain/secret.ts';
import { identitySources } from '#services/bankid/options.ts';
import { presetNames } from '#services/bankid/presets.ts';
import { readOtlpHeaders } from './otlp-headers.ts';

/** What the schema knows of a variable beyond its type: for `.env.example`, the table in the docs and the rules. */
export interface VariableMeta {
  group: string;
  description: string;
  /** Shown in `.env.example` where there is no default. */
  example?: string;
  /** Never shown, not even in part; too short a value is refused in production. */
  secret?: true;
  /** A provider's address: must be `https:` in production, loopback in the sandbox. */
  providerUrl?: true;
  /** Needed outside mock mode. */
  required?: true;
}

export const variableRegistry = z.registry<VariableMeta>();

function variable<Schema extends z.ZodType>(meta: VariableMeta, schema: Schema): Schema {
  const described: z.ZodType = schema;
  variableRegistry.add(described, meta);
  return schema;
}

const text = z.string().min(1);
const secret = text.transform((value) => new Secret(value));
const url = z.url({ protocol: /^https?$/ });
const appLink = text.refine(opensApp, 'must be an address that opens the app, such as drop://auth/callback');
/** A comma too many is no value: an empty webhook secret would be one that anybody knows. */
const list = text
  .transform((value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .refine((parts) => parts.length > 0, 'must hold a value beside its commas');
const fingerprints = list.refine(
  (parts) => parts.every((part) => /^([0-9a-f]{2}:){31}[0-9a-f]{2}$/i.test(part)),
  'must be SHA-256 fingerprints, 32 bytes in hexadecimal with colons between them',
);
/** Line breaks may have become the two characters `\n` on their way through an environment variable. */
const pem = text.transform((value) => value.replaceAll('\\n', '\n'));
const secretPem = pem.transform((value) => new Secret(value));
const otlpHeaders = text
  .refine(
    (value) => readOtlpHeaders(value) !== undefined,
    'must be name=value with commas between them, values percent-encoded',
  )
  .transform((value) => new Secret(value));
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** An https address, the app's own scheme, or plain HTTP on this machine; nothing that a browser itself would run. */
function opensApp(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, hash } = new URL(value);
  if (hash !== '' || /^(javascript|data|file|blob|about|ftp|wss?|view-source):$/.test(protocol)) return false;
  return protocol !== 'http:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** The core variables, in the order in which they are shown. Providers of open banking add their own. */
export const coreVariables = z.object({
  NEXT_PUBLIC_SERVICE_MODE: variable(
    {
      group: 'Drop',
      description: 'production calls the real services; mock fakes them in process, with no network',
    },
    z.enum(['mock', 'production']).default('production'),
  ),
  DROP_ENVIRONMENT: variable(
    {
      group: 'Drop',
      description: 'production and staging are strict; sandbox allows plain HTTP, to loopback only',
    },
    z.enum(['production', 'staging', 'sandbox']).default('production'),
  ),
  PORT: variable(
    { group: 'Drop', description: 'port of the HTTP server' },
    z.coerce.number().int().min(0).max(65_535).default(3000),
  ),
  HOST: variable(
    {
      group: 'Drop',
      description: 'address that the HTTP server listens on; 127.0.0.1 keeps it to this machine',
    },
    text.default('0.0.0.0'),
  ),
  BASE_URL: variable(
    {
      group: 'Drop',
      description: 'address under which browsers and webhooks reach Drop',
      example: 'https://getdrop.no',
    },
    url.optional(),
  ),
  TRUSTED_PROXY_HOPS: variable(
    {
      group: 'Drop',
      description:
        'how many proxies in front of Drop add to X-Forwarded-For; 0 trusts none, and warns of the header once',
    },
    z.coerce.number().int().min(0).max(5).default(0),
  ),
  DATABASE_URL: variable(
    {
      group: 'Drop',
      description: 'a PostgreSQL server; without it an embedded one starts',
      example: 'postgres://…',
      secret: true,
    },
    secret.optional(),
  ),
  DROP_DATA_DIR: variable(
    { group: 'Drop', description: 'where the embedded database keeps its data' },
    text.default('.drop'),
  ),
  LOG_LEVEL: variable(
    { group: 'Drop', description: 'what is logged' },
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  ),

  SIGN_IN_STARTS_PER_MINUTE: variable(
    {
      group: 'Drop',
      description:
        'sign-ins that may be begun from one address; behind a proxy it needs TRUSTED_PROXY_HOPS to know addresses',
    },
    z.coerce.number().int().min(1).max(100_000).default(120),
  ),

  BANKID_CLIENT_ID: variable(
    { group: 'BankID', description: 'client id at BankID', required: true },
    text.optional(),
  ),
  BANKID_CLIENT_SECRET: variable(
    {
      group: 'BankID',
      description: 'client secret at BankID; not needed with private_key_jwt',
      secret: true,
      required: true,
    },
    secret.optional(),
  ),
  BANKID_CALLBACK_URL: variable(
    {
      group: 'BankID',
      description: 'redirect URI registered for the web; default BASE_URL + /api/auth/bankid/callback',
    },
    url.optional(),
  ),
  BANKID_CALLBACK_URL_MOBILE: variable(
    {
      group: 'BankID',
      description:
        'redirect URI registered for the app; default BASE_URL + /api/auth/bankid/mobile/return (see docs/mobile.md)',
      example: 'drop://auth/callback',
    },
    appLink.optional(),
  ),
  BANKID_APP_LINK: variable(
    {
      group: 'BankID',
      description: 'opens the app after a sign-in: its own scheme or, better, a universal link',
    },
    appLink.default('drop://auth/callback'),
  ),
  IOS_APP_IDS: variable(
    {
      group: 'BankID',
      description: 'team and bundle of the iOS app, for an https BANKID_APP_LINK; served under /.well-known/',
      example: 'ABCDE12345.no.getdrop.app',
    },
    list.optional(),
  ),
  ANDROID_PACKAGE: variable(
    {
      group: 'BankID',
      description: 'package of the Android app, for an https BANKID_APP_LINK; served under /.well-known/',
      example: 'no.getdrop.app',
    },
    text.optional(),
  ),
  ANDROID_CERTIFICATES: variable(
    {
      group: 'BankID',
      description: 'SHA-256 fingerprints of the certificates that sign the Android app, with colons',
    },
    fingerprints.optional(),
  ),
  BANKID_ISSUER: variable(
    { group: 'BankID', description: 'issuer; its metadata gives the other addresses', providerUrl: true },
    url.default('https://auth.bankid.no/auth/realms/prod'),
  ),
  BANKID_AUTHORIZE_URL: variable(
    {
      group: 'BankID',
      description: 'authorization endpoint, where the metadata is not to be used',
      providerUrl: true,
    },
    url.optional(),
  ),
  BANKID_TOKEN_URL: variable(
    { group: 'BankID', description: 'token endpoint, likewise', providerUrl: true },
    url.optional(),
  ),
  BANKID_JWKS_URL: variable(
    { group: 'BankID', description: 'signing keys, likewise', providerUrl: true },
    url.optional(),
  ),
  BANKID_USERINFO_URL: variable(
    { group: 'BankID', description: 'userinfo endpoint, likewise', providerUrl: true },
    url.optional(),
  ),
  BANKID_CLIENT_AUTHENTICATION: variable(
    { group: 'BankID', description: 'how Drop proves itself at the token endpoint' },
    z.enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt']).default('client_secret_basic'),
  ),
  BANKID_PRIVATE_KEY: variable(
    {
      group: 'BankID',
      description:
        'with private_key_jwt: private key, PEM PKCS #8, P-256 or RSA; its public half is registered',
      secret: true,
    },
    secret.optional(),
  ),
  BANKID_PRIVATE_KEY_ID: variable(
    { group: 'BankID', description: 'with private_key_jwt: the kid under which that key is registered' },
    text.optional(),
  ),
  BANKID_PAR: variable(
    {
      group: 'BankID',
      description: 'whether requests are pushed (RFC 9126); auto: where the metadata offers it',
    },
    z.enum(['auto', 'always', 'never']).default('auto'),
  ),
  BANKID_PRESET: variable(
    {
      group: 'BankID',
      description: 'whose ways the next four follow where they are not set',
    },
    z.enum(presetNames).default('bankid'),
  ),
  BANKID_NATIONAL_ID_CLAIM: variable(
    {
      group: 'BankID',
      description:
        'claims that may hold the national identity number, the first present counts; default by preset',
    },
    list.optional(),
  ),
  BANKID_IDENTITY_SOURCE: variable(
    {
      group: 'BankID',
      description:
        'where that claim stands: in the ID token, or in the answer of userinfo; default by preset',
    },
    z.enum(identitySources).optional(),
  ),
  BANKID_SCOPE: variable(
    { group: 'BankID', description: 'scopes to ask for; default by preset' },
    text.optional(),
  ),
  BANKID_ACR_VALUES: variable(
    {
      group: 'BankID',
      description: 'authentication level to ask for and to insist on; default by preset',
    },
    list.optional(),
  ),
  BANKID_MAX_AGE_SECONDS: variable(
    {
      group: 'BankID',
      description: 'how long ago the person may have authenticated at the issuer; unset, no matter when',
    },
    z.coerce.number().int().min(60).optional(),
  ),
  BANKID_MOCK: variable(
    { group: 'BankID', description: 'true signs in a test person without BankID; refused in production' },
    flag.default(false),
  ),
  NATIONAL_ID_HASH_KEY: variable(
    {
      group: 'BankID',
      description:
        'base64 of at least 32 random bytes; that text as it stands is the key of hashes of national identity numbers',
      secret: true,
    },
    secret.optional(),
  ),
  NATIONAL_ID_HASH_KEY_ID: variable(
    { group: 'BankID', description: 'names that key; stored beside every hash' },
    text.default('1'),
  ),
  NATIONAL_ID_HASH_FORMER_KEYS: variable(
    {
      group: 'BankID',
      description: 'former keys, id:base64 with commas between them, until no hash is left under them',
      secret: true,
    },
    list.transform((values) => values.map((value) => new Secret(value))).optional(),
  ),
  NATIONAL_ID_HASH_PLAIN: variable(
    { group: 'BankID', description: 'true hashes without a key, which can be reversed in a minute' },
    flag.default(false),
  ),

  SUMSUB_API_URL: variable(
    { group: 'Sumsub', description: 'API address', providerUrl: true },
    url.default('https://api.sumsub.com'),
  ),
  SUMSUB_APP_TOKEN: variable(
    { group: 'Sumsub', description: 'app token', secret: true, required: true },
    secret.optional(),
  ),
  SUMSUB_SECRET_KEY: variable(
    {
      group: 'Sumsub',
      description: 'secret key of the app token; signs every call',
      secret: true,
      required: true,
    },
    secret.optional(),
  ),
  SUMSUB_WEBHOOK_SECRET: variable(
    {
      group: 'Sumsub',
      description: 'webhook secret, two with a comma during rotation; default SUMSUB_SECRET_KEY',
      secret: true,
    },
    list.transform((values) => values.map((value) => new Secret(value))).optional(),
  ),
  SUMSUB_WEBHOOK_ALGORITHMS: variable(
    {
      group: 'Sumsub',
      description: 'algorithms that webhooks may be signed with; HMAC_SHA1_HEX only where it is named here',
    },
    list
      .pipe(z.array(z.enum(['HMAC_SHA256_HEX', 'HMAC_SHA512_HEX', 'HMAC_SHA1_HEX'])))
      .default(['HMAC_SHA256_HEX', 'HMAC_SHA512_HEX']),
  ),
  SUMSUB_LEVEL_NAME: variable(
    { group: 'Sumsub', description: 'verification level; an approval holds for the level it was given at' },
    text.default('basic-kyc-level'),
  ),
  SUMSUB_WEBSDK_SCRIPT_URL: variable(
    { group: 'Sumsub', description: 'script that loads the WebSDK', providerUrl: true },
    url.default('https://static.sumsub.com/idensic/static/sns-websdk-builder.js'),
  ),
  SUMSUB_WEBSDK_BASE_URL: variable(
    { group: 'Sumsub', description: 'origin of the WebSDK frame', providerUrl: true },
    url.default('https://in.sumsub.com'),
  ),

  OPENBANKING_PROVIDER: variable(
    {
      group: 'Open banking',
      description: 'provider for new customers; default: the first of src/services/open-banking/providers.ts',
    },
    text.optional(),
  ),
  OPENBANKING_CLIENT_ID: variable(
    { group: 'Open banking', description: 'client id at the provider', required: true },
    text.optional(),
  ),
  OPENBANKING_CLIENT_SECRET: variable(
    {
      group: 'Open banking',
      description: 'client secret or private key at the provider',
      secret: true,
      required: true,
    },
    secret.optional(),
  ),
  OPENBANKING_CALLBACK_URL: variable(
    {
      group: 'Open banking',
      description: 'redirect URI registered at the provider; default BASE_URL + /api/openbanking/callback',
    },
    url.optional(),
  ),
  OPENBANKING_WEBHOOK_SECRET: variable(
    { group: 'Open banking', description: 'webhook secret, where the provider has one', secret: true },
    secret.optional(),
  ),
  OPENBANKING_TLS_CERTIFICATE: variable(
    {
      group: 'Open banking',
      description: 'client certificate in PEM with its chain, where the provider asks for one (mutual TLS)',
    },
    secretPem.optional(),
  ),
  OPENBANKING_TLS_PRIVATE_KEY: variable(
    { group: 'Open banking', description: 'its private key in PEM, without a passphrase', secret: true },
    secretPem.optional(),
  ),
  OPENBANKING_TLS_AUTHORITIES: variable(
    {
      group: 'Open banking',
      description: 'certificates in PEM of authorities that vouch for the provider, beside the usual ones',
    },
    pem.optional(),
  ),

  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    {
      group: 'Telemetry',
      description: 'collector of traces, OTLP over HTTP; without it nothing is traced',
      example: 'http://localhost:4318',
    },
    url.optional(),
  ),
  OTEL_EXPORTER_OTLP_HEADERS: variable(
    {
      group: 'Telemetry',
      description: 'headers for the collector, name=value with commas between them, values percent-encoded',
      secret: true,
    },
    otlpHeaders.optional(),
  ),
  OTEL_SERVICE_NAME: variable(
    { group: 'Telemetry', description: 'name of this service in the traces' },
    text.default('drop'),
  ),

  SLACK_WEBHOOK_URL: variable(
    {
      group: 'Slack',
      description: 'incoming webhook of #drop-ops; without it alerts go to the log',
      secret: true,
      providerUrl: true,
    },
    secret.optional(),
  ),
});

export type CoreVariables = z.output<typeof coreVariables>;
