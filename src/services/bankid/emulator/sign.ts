import { constants, createHmac, sign } from 'node:crypto';
import { overridden, type Override } from './override.ts';
import { publicJwk, type KeyRing, type SigningKey } from './keys.ts';

/**
 * A compact JWS (RFC 7515) of `claims` with overrides applied. The signature covers exactly what is sent.
 * `broughtKeysUrl` is the address of the impostor's key, for a header that brings its own key.
 */
export function signIdToken(
  claims: Record<string, unknown>,
  { keys, override, broughtKeysUrl }: { keys: KeyRing; override: Override; broughtKeysUrl: string },
): string {
  const key = signingKey(keys, override);
  const kid = override.key === 'impostor' ? keys.get('current')?.kid : key.kid;
  const brought = override.keyInHeader && { jwk: publicJwk(key), jku: broughtKeysUrl, x5u: broughtKeysUrl };
  const protectedHeader = { alg: override.alg, typ: 'JWT', kid, ...brought };
  const header = encoded(overridden(protectedHeader, override.header, override.withoutHeader));
  const payload = encoded(overridden(claims, override.claims, override.withoutClaims));
  const signature = distorted(signatureOver(`${header}.${payload}`, key, override), override);
  return [header, payload, signature, 'AAAA', 'AAAA'].slice(0, override.parts).join('.');
}

function signingKey(keys: KeyRing, { alg, key }: Override): SigningKey {
  if (key === 'unpublished' || key === 'impostor') return keys.unpublished;
  const role = alg === 'RS256' || alg === 'PS256' ? 'rsa' : key;
  return keys.get(role) ?? keys.unpublished;
}

function signatureOver(input: string, { privateKey, publicKey }: SigningKey, override: Override): Buffer {
  const data = Buffer.from(input);
  switch (override.alg) {
    case 'ES256': {
      // DER is ECDSA's other encoding, which JWS (RFC 7518, 3.4) does not allow.
      const dsaEncoding = override.signature === 'der' ? 'der' : 'ieee-p1363';
      return sign('sha256', data, { key: privateKey, dsaEncoding });
    }
    case 'RS256':
      return sign('sha256', data, privateKey);
    case 'PS256': {
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      return sign('sha256', data, { key: privateKey, padding, saltLength: 32 });
    }
    case 'HS256': // with the public key as the shared secret: the algorithm confusion attack
      return createHmac('sha256', publicKey.export({ type: 'spki', format: 'pem' }))
        .update(data)
        .digest();
    case 'none':
      return Buffer.alloc(0);
  }
}

function distorted(signature: Buffer, override: Override): string {
  switch (override.signature) {
    case 'good':
    case 'der':
      return signature.toString('base64url');
    case 'empty':
      return '';
    case 'not_base64url':
      return '****';
    case 'tampered': {
      const [first = 0, ...rest] = signature;
      return Buffer.from([first ^ 1, ...rest]).toString('base64url');
    }
  }
}

function encoded(value: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
