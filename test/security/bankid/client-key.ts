import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Secret } from '#domain/secret.ts';
import type { ClientKey as RegisteredKey } from '#services/bankid/emulator/client-authentication.ts';
import type { BankIdOptions } from '#services/bankid/options.ts';

const kid = 'drop-2026';

export interface ClientKey {
  /** The key for the issuer. */
  registered: RegisteredKey;
  privateKey: KeyObject;
  /** The options of the client. */
  options: Pick<BankIdOptions, 'clientAuthentication' | 'clientSecret' | 'privateKey' | 'privateKeyId'>;
}

/** A key pair of Drop for `private_key_jwt`. */
export function newClientKey(algorithm: 'ES256' | 'RS256' = 'ES256'): ClientKey {
  const { publicKey, privateKey } =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return {
    registered: { kid, publicKey },
    privateKey,
    options: {
      clientAuthentication: 'private_key_jwt',
      clientSecret: undefined,
      privateKey: new Secret(pemOf(privateKey)),
      privateKeyId: kid,
    },
  };
}

export function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
