import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { invalidParameters, readParameters } from '#emulation/action-parameters.ts';
import type { RegisteredClient } from './client-authentication.ts';

const publicJwk = z.looseObject({ kid: z.string().min(1), kty: z.enum(['EC', 'RSA']) });

const registrationSchema = z
  .strictObject({
    clientId: z.string().min(1),
    clientSecret: z.string().min(1).optional(),
    /** The public keys of a client that authenticates with `private_key_jwt` (RFC 7517). */
    jwks: z.object({ keys: z.array(publicJwk).min(1) }).optional(),
    redirectUris: z.array(z.url()).min(1),
    /** The scopes beside `openid` that the client may request; by default all of the issuer. */
    scopes: z.array(z.string().min(1)).optional(),
  })
  .refine(({ clientSecret, jwks }) => (clientSecret === undefined) !== (jwks === undefined), {
    message: 'needs either clientSecret or jwks',
  });

/**
 * Registers a client, or replaces the one with its id. A client has one way to authenticate, as at BankID.
 *
 * @throws {DropError} `invalid_request`, naming what is wrong with `parameters`.
 */
export function registerClient(
  clients: Map<string, RegisteredClient>,
  parameters: Record<string, unknown>,
): object {
  const { clientId, clientSecret, jwks, redirectUris, scopes } = readParameters(
    registrationSchema,
    parameters,
  );
  const client = {
    clientId,
    clientSecret: clientSecret ?? '',
    redirectUris,
    ...(jwks && { clientKeys: jwks.keys.map(keyOf) }),
    ...(scopes && { scopes }),
  };
  clients.set(clientId, client);
  return shownClient(client);
}

/** Contains no secret. */
export function shownClient({ clientId, redirectUris, clientKeys, scopes }: RegisteredClient): object {
  return {
    clientId,
    redirectUris,
    authentication: clientKeys ? 'private_key_jwt' : 'client_secret_basic or client_secret_post',
    ...(clientKeys && { kids: clientKeys.map(({ kid }) => kid) }),
    ...(scopes && { scopes }),
  };
}

/** A private key is reduced to its public half. */
function keyOf(jwk: z.output<typeof publicJwk>): { kid: string; publicKey: KeyObject } {
  try {
    return { kid: jwk.kid, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) };
  } catch {
    throw invalidParameters(`jwks: the key ${jwk.kid} cannot be read`);
  }
}
