import { z } from 'zod';
import { baseAddress, flag, list, secret, text, url } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';
import { identitySources } from './options.ts';
import { presetNames } from './presets.ts';

const variable = variablesOf('BankID');

const appLink = text.refine(opensApp, 'must be an address that opens the app, such as drop://auth/callback');
const fingerprints = list.refine(
  (parts) => parts.every((part) => /^([0-9a-f]{2}:){31}[0-9a-f]{2}$/i.test(part)),
  'must be SHA-256 fingerprints, 32 bytes in hexadecimal with colons between them',
);

/** An https address, the app's own scheme, or plain HTTP on this machine; nothing that a browser itself would run. */
function opensApp(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, hash } = new URL(value);
  if (hash !== '' || /^(javascript|data|file|blob|about|ftp|wss?|view-source):$/.test(protocol)) return false;
  return protocol !== 'http:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

const privateKeyJwt = { variable: 'BANKID_CLIENT_AUTHENTICATION', value: 'private_key_jwt' };

/** Sign-in with BankID, in the browser and in the app. */
export const variables = z.object({
  BANKID_CLIENT_ID: variable({ description: 'client id at BankID', required: true }, text.optional()),
  BANKID_CLIENT_SECRET: variable(
    {
      description: 'client secret at BankID; not needed with private_key_jwt',
      secret: true,
      required: true,
      notRequiredWith: privateKeyJwt,
    },
    secret.optional(),
  ),
  BANKID_CALLBACK_URL: variable(
    {
      description: 'redirect URI registered for the web; default BASE_URL + /api/auth/bankid/callback',
      address: 'return',
    },
    url.optional(),
  ),
  BANKID_CALLBACK_URL_MOBILE: variable(
    {
      description:
        'redirect URI registered for the app; default BASE_URL + /api/auth/bankid/mobile/return (see docs/mobile.md)',
      example: 'drop://auth/callback',
      address: 'return',
    },
    appLink.optional(),
  ),
  BANKID_APP_LINK: variable(
    {
      description:
        'address that opens the app after a sign-in: a universal link (recommended), or its own scheme',
      address: 'return',
    },
    appLink.default('drop://auth/callback'),
  ),
  IOS_APP_IDS: variable(
    {
      description: 'team and bundle of the iOS app, for an https BANKID_APP_LINK; served under /.well-known/',
      example: 'ABCDE12345.no.getdrop.app',
    },
    list.optional(),
  ),
  ANDROID_PACKAGE: variable(
    {
      description: 'package of the Android app, for an https BANKID_APP_LINK; served under /.well-known/',
      example: 'no.getdrop.app',
    },
    text.optional(),
  ),
  ANDROID_CERTIFICATES: variable(
    {
      description: 'SHA-256 fingerprints of the certificates that sign the Android app, with colons',
    },
    fingerprints.optional(),
  ),
  BANKID_ISSUER: variable(
    { description: 'issuer; its metadata gives the other addresses', address: 'provider' },
    baseAddress.default('https://auth.bankid.no/auth/realms/prod'),
  ),
  BANKID_AUTHORIZE_URL: variable(
    {
      description: 'authorization endpoint; overrides the metadata',
      address: 'provider',
    },
    url.optional(),
  ),
  BANKID_TOKEN_URL: variable(
    { description: 'token endpoint; overrides the metadata', address: 'provider' },
    url.optional(),
  ),
  BANKID_JWKS_URL: variable(
    { description: 'address of the signing keys; overrides the metadata', address: 'provider' },
    url.optional(),
  ),
  BANKID_USERINFO_URL: variable(
    { description: 'userinfo endpoint; overrides the metadata', address: 'provider' },
    url.optional(),
  ),
  BANKID_CLIENT_AUTHENTICATION: variable(
    { description: 'how Drop authenticates at the token endpoint' },
    z.enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt']).default('client_secret_basic'),
  ),
  BANKID_PRIVATE_KEY: variable(
    {
      description:
        'with private_key_jwt: private key in PEM (PKCS #8), P-256 or RSA; the public key is registered at BankID',
      secret: true,
      requiredWith: privateKeyJwt,
    },
    secret.optional(),
  ),
  BANKID_PRIVATE_KEY_ID: variable(
    {
      description: 'with private_key_jwt: kid under which that key is registered',
      requiredWith: privateKeyJwt,
    },
    text.optional(),
  ),
  BANKID_PAR: variable(
    {
      description: 'whether requests are pushed (RFC 9126); auto: if the metadata offers it',
    },
    z.enum(['auto', 'always', 'never']).default('auto'),
  ),
  BANKID_PRESET: variable(
    {
      description: 'issuer whose defaults the next four variables have',
    },
    z.enum(presetNames).default('bankid'),
  ),
  BANKID_NATIONAL_ID_CLAIM: variable(
    {
      description:
        'claims that may hold the national identity number; the first present one counts; default by preset',
    },
    list.optional(),
  ),
  BANKID_IDENTITY_SOURCE: variable(
    {
      description: 'source of that claim: the ID token, or the answer of userinfo; default by preset',
    },
    z.enum(identitySources).optional(),
  ),
  BANKID_SCOPE: variable({ description: 'scopes to request; default by preset' }, text.optional()),
  BANKID_ACR_VALUES: variable(
    {
      description: 'authentication level to request and to require; default by preset',
    },
    list.optional(),
  ),
  BANKID_MAX_AGE_SECONDS: variable(
    {
      description: 'maximum age of the authentication at the issuer (max_age); no limit if absent',
    },
    z.coerce.number().int().min(60).optional(),
  ),
  BANKID_MOCK: variable(
    { description: 'true signs in a test person without BankID; refused in production' },
    flag.default(false),
  ),
});
