import type {
  NationalIdentityHashKey,
  NationalIdentityHashKeys,
} from '#domain/identity/national-identity-hash.ts';
import { Secret } from '#domain/secret.ts';
import type { CoreVariables } from './variables.ts';

/** The keys under which national identity numbers are hashed; mock mode without any hashes plainly. */
export function hashKeysOf(
  config: Pick<
    CoreVariables,
    | 'NATIONAL_ID_HASH_KEY'
    | 'NATIONAL_ID_HASH_KEY_ID'
    | 'NATIONAL_ID_HASH_FORMER_KEYS'
    | 'NATIONAL_ID_HASH_PLAIN'
    | 'NEXT_PUBLIC_SERVICE_MODE'
  >,
): NationalIdentityHashKeys {
  const key = config.NATIONAL_ID_HASH_KEY;
  return {
    keys: key ? [{ id: config.NATIONAL_ID_HASH_KEY_ID, key }] : [],
    formerKeys: config.NATIONAL_ID_HASH_FORMER_KEYS?.map(splitHashKey) ?? [],
    plain: config.NATIONAL_ID_HASH_PLAIN || config.NEXT_PUBLIC_SERVICE_MODE === 'mock',
  };
}

/** Reads `id:base64`; what lacks one of the two gets it empty. */
export function splitHashKey(entry: Secret): NationalIdentityHashKey {
  const [id = '', ...key] = entry.reveal().split(':');
  return { id, key: new Secret(key.join(':')) };
}
