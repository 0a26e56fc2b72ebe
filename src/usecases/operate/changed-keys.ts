import { DropError, isDropError } from '#domain/errors.ts';
import { keyFingerprint, type KeyPurpose, type NamedKey } from '#domain/key-fingerprint.ts';
import type { Sealer } from '#domain/sealer.ts';
import type { Queries } from '#store/database.ts';
import { hasHashedUsers, readKeyFingerprints, type KeyFingerprint } from '#store/key-fingerprints.ts';
import { sealedColumns, textsUnderKey } from '#store/sealed-columns.ts';

/** The keys that a start is configured with, current and former ones. */
export interface ConfiguredKeys {
  hashing: readonly NamedKey[];
  /** Whether numbers are also, or only, hashed without a key. */
  plain: boolean;
  /** The ids of hash keys that are lost for good. */
  lostHashKeyIds: readonly string[];
  encryption: readonly NamedKey[];
  sealer: Sealer;
}

/** A configured key that does not match what the database holds. */
export interface KeyFault {
  variable: string;
  problem: string;
}

const samplesMax = 20;

type HashKeys = Pick<ConfiguredKeys, 'hashing'>;
type EncryptionKeys = Pick<ConfiguredKeys, 'encryption' | 'sealer'>;

/**
 * Refuses hash keys of which the database knows another one under the same id. It holds a fingerprint of each key that
 * Drop was started with. A key under which nobody is hashed may change.
 *
 * @throws {DropError} `configuration_invalid`; its message names each key's id and variable, and what to do.
 */
export async function refuseChangedHashKeys(queries: Queries, keys: HashKeys): Promise<void> {
  const faults = await changedHashKeys(queries, keys);
  if (faults.length > 0) throw wrongKeys(faults);
}

/** The same for encryption keys. @throws {DropError} `configuration_invalid`. */
export async function refuseChangedEncryptionKeys(queries: Queries, keys: EncryptionKeys): Promise<void> {
  const faults = await changedEncryptionKeys(queries, keys);
  if (faults.length > 0) throw wrongKeys(faults);
}

/** The error that names every fault. */
export function wrongKeys(faults: readonly KeyFault[]): DropError {
  const lines = faults.map(({ variable, problem }) => `  ${variable} ${problem}`);
  return new DropError('configuration_invalid', {
    message: `The keys are not those of this database:\n${lines.join('\n')}\nSee docs/backup.md.`,
    fields: faults.map(({ variable, problem }) => ({ field: variable, message: problem })),
  });
}

/** The fingerprints of keys as configured. */
export function fingerprintsOf(purpose: KeyPurpose, keys: readonly NamedKey[]): KeyFingerprint[] {
  return keys.map(({ id, key }) => ({ purpose, keyId: id, fingerprint: keyFingerprint(purpose, key) }));
}

/** What the database holds under the id of a key. */
export function recordedOf(
  recorded: readonly KeyFingerprint[],
  { purpose, keyId }: Pick<KeyFingerprint, 'purpose' | 'keyId'>,
): KeyFingerprint | undefined {
  return recorded.find((each) => each.purpose === purpose && each.keyId === keyId);
}

/** The hash keys that are not those under which people are hashed. */
export async function changedHashKeys(queries: Queries, { hashing }: HashKeys): Promise<KeyFault[]> {
  const recorded = await readKeyFingerprints(queries);
  const faults: KeyFault[] = [];
  for (const given of fingerprintsOf('national_id_hash', hashing)) {
    const before = recordedOf(recorded, given)?.fingerprint ?? given.fingerprint;
    if (before === given.fingerprint || !(await hasHashedUsers(queries, [given.keyId]))) continue;
    const problem =
      `has another key under the id "${given.keyId}" than the one that people are hashed under: ` +
      'put that one back, or give the new key an id of its own (NATIONAL_ID_HASH_KEY_ID)';
    faults.push({ variable: variableOf('NATIONAL_ID_HASH', hashing, given.keyId), problem });
  }
  return faults;
}

/** The encryption keys that do not open what is encrypted under their ids. */
export async function changedEncryptionKeys(
  queries: Queries,
  { encryption, sealer }: EncryptionKeys,
): Promise<KeyFault[]> {
  const recorded = await readKeyFingerprints(queries);
  const faults: KeyFault[] = [];
  for (const given of fingerprintsOf('data_encryption', encryption)) {
    const isKnown = recordedOf(recorded, given)?.fingerprint === given.fingerprint;
    if (isKnown || (await opensTextsOf(queries, sealer, given.keyId))) continue;
    const problem =
      `has another key under the id "${given.keyId}" than the one that stored texts are encrypted under: ` +
      'put that one back, or give the new key an id of its own (DATA_ENCRYPTION_KEY_ID)';
    faults.push({ variable: variableOf('DATA_ENCRYPTION', encryption, given.keyId), problem });
  }
  return faults;
}

/** Whether any of some texts under a key opens, or there is no such text. One that was damaged must not decide. */
async function opensTextsOf(queries: Queries, sealer: Sealer, keyId: string): Promise<boolean> {
  let closed = 0;
  for (const column of sealedColumns) {
    for (const { row, text } of await textsUnderKey(queries, column, { keyId, limit: samplesMax })) {
      try {
        sealer.open(text, { table: column.table, column: column.column, row });
        return true;
      } catch (error) {
        if (!isDropError(error)) throw error;
        closed += 1;
      }
    }
  }
  return closed === 0;
}

/** The current key comes first. */
function variableOf(prefix: string, keys: readonly NamedKey[], keyId: string): string {
  return keys[0]?.id === keyId ? `${prefix}_KEY` : `${prefix}_FORMER_KEYS`;
}
