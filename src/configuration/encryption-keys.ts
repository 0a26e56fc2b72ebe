import { isKeyId, type SealerOptions, type SealingKey } from '#domain/sealer.ts';
import { Secret } from '#domain/secret.ts';
import { splitHashKey } from './hash-keys.ts';
import type { Fault } from './variables/fault.ts';
import type { CoreVariables } from './variables.ts';

/**
 * The key that sandbox, staging and mock mode use when no key is configured. The key is public, so production refuses
 * it. Outside production it still decrypts texts that were encrypted before a key was configured.
 */
export const demoKey: SealingKey = {
  id: 'demo',
  key: new Secret('demo-data-encryption-key-that-everybody-knows'),
};

const keyBytesMin = 32;

type EncryptionVariables = Pick<
  CoreVariables,
  'DROP_ENVIRONMENT' | 'DATA_ENCRYPTION_KEY' | 'DATA_ENCRYPTION_KEY_ID' | 'DATA_ENCRYPTION_FORMER_KEYS'
>;

/** The keys under which Drop encrypts what it stores. */
export function encryptionKeysOf(config: EncryptionVariables): Pick<SealerOptions, 'current' | 'formerKeys'> {
  const { DATA_ENCRYPTION_KEY: key, DATA_ENCRYPTION_KEY_ID: id } = config;
  const former = formerKeysOf(config);
  if (key === undefined) return { current: demoKey, formerKeys: former };
  const demo = config.DROP_ENVIRONMENT === 'production' ? [] : [demoKey];
  return { current: { id, key }, formerKeys: [...former, ...demo] };
}

/** The faults of the configured encryption keys. */
export function encryptionKeyFaults(config: CoreVariables): Fault[] {
  return [...currentKeyFaults(config), ...formerKeyFaults(config)];
}

function currentKeyFaults(config: CoreVariables): Fault[] {
  const { DATA_ENCRYPTION_KEY: key, DATA_ENCRYPTION_KEY_ID: id } = config;
  const faults: Fault[] = [];
  if (key === undefined && config.DROP_ENVIRONMENT === 'production') {
    const problem = 'is required: make one with "openssl rand -base64 32"';
    faults.push({ variable: 'DATA_ENCRYPTION_KEY', problem });
  }
  if (key !== undefined && !isLongEnough(key)) {
    faults.push({
      variable: 'DATA_ENCRYPTION_KEY',
      problem: `must be base64 of at least ${keyBytesMin} bytes`,
    });
  }
  if (!isKeyId(id) || id === demoKey.id) {
    const problem = `must be letters, digits, _ and -, and not ${demoKey.id}`;
    faults.push({ variable: 'DATA_ENCRYPTION_KEY_ID', problem });
  }
  return faults;
}

function formerKeyFaults(config: CoreVariables): Fault[] {
  const variable = 'DATA_ENCRYPTION_FORMER_KEYS';
  const { DATA_ENCRYPTION_KEY: key, DATA_ENCRYPTION_KEY_ID: id } = config;
  const former = formerKeysOf(config);
  const given = [...(key ? [{ id, key }] : []), ...former];
  const ids = [...former.map((each) => each.id), demoKey.id, ...(key && id !== demoKey.id ? [id] : [])];
  const faults: Fault[] = [];
  if (!former.every((each) => isKeyId(each.id) && isLongEnough(each.key)))
    faults.push({ variable, problem: `must be id:base64 of at least ${keyBytesMin} bytes each` });
  if (!areDistinct(ids))
    faults.push({
      variable,
      problem: `must have ids that differ from each other, from DATA_ENCRYPTION_KEY_ID and from ${demoKey.id}`,
    });
  if (!areDistinct(given.map((each) => each.key.reveal())))
    faults.push({
      variable,
      problem: 'must hold each key once, and not the one that DATA_ENCRYPTION_KEY holds',
    });
  return faults;
}

function formerKeysOf(config: Pick<CoreVariables, 'DATA_ENCRYPTION_FORMER_KEYS'>): SealingKey[] {
  return config.DATA_ENCRYPTION_FORMER_KEYS?.map(splitHashKey) ?? [];
}

function isLongEnough(key: Secret): boolean {
  const text = key.reveal();
  return /^[\w+/-]+={0,2}$/.test(text) && Buffer.from(text, 'base64').byteLength >= keyBytesMin;
}

function areDistinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
