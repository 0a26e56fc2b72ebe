import { randomUUID, createPrivateKey, type KeyObject, type webcrypto } from 'node:crypto';
import {
  ClientSecretBasic,
  ClientSecretPost,
  modifyAssertion,
  PrivateKeyJwt,
  type ClientAuth,
} from 'openid-client';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { IssuerMetadata } from './discovery.ts';
import type { BankIdOptions } from './options.ts';

const assertionSeconds = 60;
const rsaBitsMin = 2_048;

/**
 * Drop's client authentication at the issuer: its client secret, or an assertion signed by its private key (RFC 7523,
 * section 3), which is valid for one use and for one minute by Drop's clock.
 *
 * @throws {DropError} `configuration_invalid` when the secret or key that the method needs is missing or cannot be
 * used.
 */
export function createAuthentication(
  options: BankIdOptions,
  clock: Clock,
): (metadata: IssuerMetadata) => ClientAuth {
  switch (options.clientAuthentication) {
    case 'client_secret_basic':
      return constant(ClientSecretBasic(clientSecretOf(options)));
    case 'client_secret_post':
      return constant(ClientSecretPost(clientSecretOf(options)));
    case 'private_key_jwt':
      return byPrivateKey(options, clock);
  }
}

function constant(authentication: ClientAuth): () => ClientAuth {
  return () => authentication;
}

function clientSecretOf({ clientSecret }: BankIdOptions): string {
  if (!clientSecret) throw unusable('the client secret', 'is missing');
  return clientSecret.reveal();
}

function byPrivateKey(options: BankIdOptions, clock: Clock): (metadata: IssuerMetadata) => ClientAuth {
  const { assertionAudience = 'token_endpoint', privateKeyId: kid } = options;
  if (!kid) throw unusable('the id of the private key', 'is missing');
  const key = { key: signingKey(options), kid };
  return (metadata) =>
    PrivateKeyJwt(key, {
      [modifyAssertion]: (_header, payload) => {
        const now = Math.floor(clock.now().getTime() / 1000);
        const times = { iat: now, nbf: now, exp: now + assertionSeconds };
        Object.assign(payload, times, { aud: metadata[assertionAudience], jti: randomUUID() });
      },
    });
}

/** The key determines the algorithm: ES256 or RS256. */
function signingKey({ privateKey }: BankIdOptions): webcrypto.CryptoKey {
  const key = readKey(privateKey?.reveal() ?? '');
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') {
    return key.toCryptoKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  }
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= rsaBitsMin) {
    return key.toCryptoKey({ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign']);
  }
  throw unusable('the private key', `must be of P-256, or RSA of at least ${rsaBitsMin} bits`);
}

/** The library's error is dropped, because it may quote the key. */
function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem.replaceAll('\\n', '\n')); // keys are often written on one line
  } catch {
    throw unusable('the private key', 'must be PEM, PKCS #8, without a passphrase');
  }
}

function unusable(what: string, problem: string): DropError {
  return new DropError('configuration_invalid', {
    message: `BankID: ${what} ${problem}`,
    provider: 'bankid',
  });
}
