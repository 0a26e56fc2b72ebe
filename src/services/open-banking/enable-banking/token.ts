import { createPrivateKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';

/** The provider takes at most a day; an hour limits what a leaked token is good for. */
const lifetimeSeconds = 3_600;
const renewalSeconds = 300;
const modulusBitsMin = 2048;

/** Hands out the bearer token of every call. */
export type TokenSource = () => Promise<string>;

/**
 * Signs the application's JSON Web Token (RS256; OpenAPI, "JWT format and signature") and keeps it until it is about
 * to expire.
 *
 * @throws {DropError} `provider_rejected_credentials` when the private key cannot be read.
 */
export function createTokenSource(options: {
  clock: Clock;
  applicationId: string;
  privateKey: Secret;
}): TokenSource {
  let key: KeyObject | undefined;
  let current: { token: Promise<string>; renewAt: number } | undefined;

  return async function token() {
    const now = Math.floor(options.clock.now().getTime() / 1000);
    if (current === undefined || now >= current.renewAt) {
      key ??= readPrivateKey(options.privateKey);
      current = {
        token: sign(key, options.applicationId, now),
        renewAt: now + lifetimeSeconds - renewalSeconds,
      };
    }
    return current.token;
  };
}

async function sign(key: KeyObject, applicationId: string, now: number): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: applicationId })
    .setIssuer('enablebanking.com')
    .setAudience('api.enablebanking.com')
    .setIssuedAt(now)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(key);
}

/**
 * The problem with an application's private key; undefined for an RSA key of at least 2048 bits (RFC 7518, 3.3) in PEM
 * without a passphrase. The cause is left out: it is about the content of a secret.
 */
export function privateKeyProblem(pem: Secret): string | undefined {
  const key = parsedKey(pem);
  if (key === undefined)
    return 'is not a private key in PEM without a passphrase (line breaks may be written \\n)';
  if (key.asymmetricKeyType !== 'rsa') return 'is a private key of another kind than RSA';
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < modulusBitsMin ? `is an RSA key of fewer than ${modulusBitsMin} bits` : undefined;
}

function readPrivateKey(pem: Secret): KeyObject {
  const problem = privateKeyProblem(pem);
  const key = parsedKey(pem);
  if (problem === undefined && key !== undefined) return key;
  throw new DropError('provider_rejected_credentials', {
    message: `the application's private key ${problem ?? 'cannot be read'}`,
    outcome: 'not_sent',
    provider: 'enable-banking',
  });
}

/** Line breaks may have become the two characters `\n` on their way through an environment variable. */
function parsedKey(pem: Secret): KeyObject | undefined {
  try {
    return createPrivateKey(pem.reveal().replaceAll('\\n', '\n'));
  } catch {
    return undefined;
  }
}
