import { constants, createHmac, sign } from 'node:crypto';
import { bent, type Bend } from './override.ts';
import { publicJwk, type KeyRing, type SigningKey } from './keys.ts';

/**
 * A compact JWS (RFC 7515) of `claims`, bent as asked. The signature is over what is sent, whatever that claims.
 * `broughtKeysUrl` is where the impostor's key is to be had, for a header that brings its key along.
 */
export function signIdToken(
  claims: Record<string, unknown>,
  { keys, bend, broughtKeysUrl }: { keys: KeyRing; bend: Bend; broughtKeysUrl: string },
): string {
  const key = signingKey(keys, bend);
  const kid = bend.key === 'impostor' ? keys.get('current')?.kid : key.kid;
  const brought = bend.keyInHeader && { jwk: publicJwk(key), jku: broughtKeysUrl, x5u: broughtKeysUrl };
  const protectedHeader = { alg: bend.alg, typ: 'JWT', kid, ...brought };
  const header = encoded(bent(protectedHeader, bend.header, bend.withoutHeader));
  const payload = encoded(bent(claims, bend.claims, bend.withoutClaims));
  const signature = distorted(signatureOver(`${header}.${payload}`, key, bend), bend);
  return [header, payload, signature, 'AAAA', 'AAAA'].slice(0, bend.parts).join('.');
}

function signingKey(keys: KeyRing, { alg, key }: Bend): SigningKey {
  if (key === 'unpublished' || key === 'impostor') return keys.unpublished;
  const role = alg === 'RS256' || alg === 'PS256' ? 'rsa' : key;
  return keys.get(role) ?? keys.unpublished;
}

function signatureOver(input: string, { privateKey, publicKey }: SigningKey, bend: Bend): Buffer {
  const data = Buffer.from(input);
  switch (bend.alg) {
    case 'ES256': {
      // DER is ECDSA's other encoding, which JWS (RFC 7518, 3.4) does not allow.
      const dsaEncoding = bend.signature === 'der' ? 'der' : 'ieee-p1363';
      return sign('sha256', data, { key: privateKey, dsaEncoding });
    }
    case 'RS256':
      return sign('sha256', data, privateKey);
    case 'PS256': {
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      return sign('sha256', data, { key: privateKey, padding, saltLength: 32 });
    }
    case 'HS256': // with the public key as the shared secret: the old confusion of algorithms
      return createHmac('sha256', publicKey.export({ type: 'spki', format: 'pem' }))
        .update(data)
        .digest();
    case 'none':
      return Buffer.alloc(0);
  }
}

function distorted(signature: Buffer, bend: Bend): string {
  switch (bend.signature) {
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
