import { Secret } from '#domain/secret.ts';
import { text, secret, url } from './shapes.ts';
import { variablesOf } from './variable.ts';

const variable = variablesOf('Open banking');

/** Line breaks may have become the two characters `\n` on their way through an environment variable. */
const pem = text.transform((value) => value.replaceAll('\\n', '\n'));
const secretPem = pem.transform((value) => new Secret(value));

/** What every provider of open banking shares; each adds its own. */
export const openBankingVariables = {
  OPENBANKING_PROVIDER: variable(
    {
      description: 'provider for new customers; default: the first of src/services/open-banking/providers.ts',
    },
    text.optional(),
  ),
  OPENBANKING_CLIENT_ID: variable(
    { description: 'client id at the provider', required: true },
    text.optional(),
  ),
  OPENBANKING_CLIENT_SECRET: variable(
    {
      description: 'client secret or private key at the provider',
      secret: true,
      required: true,
    },
    secret.optional(),
  ),
  OPENBANKING_CALLBACK_URL: variable(
    {
      description: 'redirect URI registered at the provider; default BASE_URL + /api/openbanking/callback',
    },
    url.optional(),
  ),
  OPENBANKING_WEBHOOK_SECRET: variable(
    { description: 'webhook secret, where the provider has one', secret: true },
    secret.optional(),
  ),
  OPENBANKING_TLS_CERTIFICATE: variable(
    {
      description: 'client certificate in PEM with its chain, where the provider asks for one (mutual TLS)',
    },
    secretPem.optional(),
  ),
  OPENBANKING_TLS_PRIVATE_KEY: variable(
    { description: 'its private key in PEM, without a passphrase', secret: true },
    secretPem.optional(),
  ),
  OPENBANKING_TLS_AUTHORITIES: variable(
    {
      description: 'certificates in PEM of authorities that vouch for the provider, beside the usual ones',
    },
    pem.optional(),
  ),
};
