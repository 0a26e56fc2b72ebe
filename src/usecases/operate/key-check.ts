import { plainKeyId } from '#domain/identity/national-identity-hash.ts';
import type { Queries } from '#store/database.ts';
import { hasHashedUsers, readKeyFingerprints, recordKeyFingerprints } from '#store/key-fingerprints.ts';
import {
  changedEncryptionKeys,
  changedHashKeys,
  fingerprintsOf,
  recordedOf,
  wrongKeys,
  type ConfiguredKeys,
  type KeyFault,
} from './changed-keys.ts';

/**
 * Refuses keys that are not those of the database: another key under an id that is in use, or none of the keys that
 * people are hashed under.
 *
 * @throws {DropError} `configuration_invalid`; its message names each key's id and variable, and what to do.
 */
export async function refuseWrongKeys(queries: Queries, keys: ConfiguredKeys): Promise<void> {
  const faults = [
    ...(await changedHashKeys(queries, keys)),
    ...(await missingHashKeys(queries, keys)),
    ...(await changedEncryptionKeys(queries, keys)),
  ];
  if (faults.length > 0) throw wrongKeys(faults);
}

/** Remembers the fingerprints of the configured keys. */
export async function recordKeys(queries: Queries, keys: ConfiguredKeys, at: Date): Promise<void> {
  const recorded = await readKeyFingerprints(queries);
  const given = [
    ...fingerprintsOf('national_id_hash', keys.hashing),
    ...fingerprintsOf('data_encryption', keys.encryption),
  ];
  const news = given.filter((each) => recordedOf(recorded, each)?.fingerprint !== each.fingerprint);
  await recordKeyFingerprints(queries, news, at);
}

async function missingHashKeys(queries: Queries, keys: ConfiguredKeys): Promise<KeyFault[]> {
  const known = [
    ...keys.hashing.map(({ id }) => id),
    ...keys.lostHashKeyIds,
    ...(keys.plain ? [plainKeyId] : []),
  ];
  if (await hasHashedUsers(queries, known)) return [];
  if (!(await hasHashedUsers(queries))) return [];
  const problem =
    `has none of the keys that people are hashed under; it has ${known.map((id) => `"${id}"`).join(', ')}. ` +
    '"npx drop national-ids status" names the ids: put those keys into NATIONAL_ID_HASH_FORMER_KEYS ' +
    `(for "${plainKeyId}" set NATIONAL_ID_HASH_PLAIN=true), or, if they are lost, their ids into ` +
    'NATIONAL_ID_HASH_LOST_KEYS';
  return [{ variable: 'NATIONAL_ID_HASH_KEY', problem }];
}
