import { z } from 'zod';
import { baseAddress, list, origin, secret, secrets, text, url } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';

const variable = variablesOf('Sumsub');

/** Verification by Sumsub. */
export const variables = z.object({
  SUMSUB_API_URL: variable(
    { description: 'API address', address: 'provider' },
    baseAddress.default('https://api.sumsub.com'),
  ),
  SUMSUB_APP_TOKEN: variable({ description: 'app token', secret: true, required: true }, secret.optional()),
  SUMSUB_SECRET_KEY: variable(
    {
      description: 'secret key of the app token; signs every call',
      secret: true,
      required: true,
    },
    secret.optional(),
  ),
  SUMSUB_WEBHOOK_SECRET: variable(
    {
      description: 'webhook secret, two separated by a comma during a rotation; default SUMSUB_SECRET_KEY',
      secret: true,
    },
    secrets.optional(),
  ),
  SUMSUB_WEBHOOK_ALGORITHMS: variable(
    {
      description: 'algorithms that webhooks may be signed with; HMAC_SHA1_HEX is refused unless named here',
    },
    list
      .pipe(z.array(z.enum(['HMAC_SHA256_HEX', 'HMAC_SHA512_HEX', 'HMAC_SHA1_HEX'])))
      .default(['HMAC_SHA256_HEX', 'HMAC_SHA512_HEX']),
  ),
  SUMSUB_LEVEL_NAME: variable(
    { description: 'verification level; an approval at another level does not count' },
    text.default('basic-kyc-level'),
  ),
  SUMSUB_WEBSDK_SCRIPT_URL: variable(
    { description: 'script that loads the WebSDK', address: 'provider' },
    url.default('https://static.sumsub.com/idensic/static/sns-websdk-builder.js'),
  ),
  SUMSUB_WEBSDK_BASE_URL: variable(
    { description: 'origin of the WebSDK frame', address: 'provider' },
    origin.default('https://in.sumsub.com'),
  ),
});
