import { createPrivateKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';

/** The provider takes at most a day; an hour limits what a leaked token is good for. */
const lifetimeSeconds = 3_600;
const renewalSeconds = 300;

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

/** Line breaks may have become the two characters `\n` on their way through an environment variable. */
function readPrivateKey(pem: Secret): KeyObject {
  try {
    const key = createPrivateKey(pem.reveal().replaceAll('\\n', '\n'));
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // The cause is left out: it is about the content of a secret.
  }
  throw new DropError('provider_rejected_credentials', {
    message: 'OPENBANKING_CLIENT_SECRET is not an RSA private key in PEM form',
    outcome: 'not_sent',
    provider: 'enable-banking',
  });
}
