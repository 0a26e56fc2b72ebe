import { describe, expect, test } from 'vitest';
import { isDropError } from '#domain/errors.ts';
import { loadConfig } from './config.ts';
import { encryptionKeysOf } from './encryption-keys.ts';
import type { Environment } from './environment.ts';

const keys = {
  old: Buffer.alloc(32, 'old').toString('base64'),
  new: Buffer.alloc(32, 'new').toString('base64'),
};
const mock: Environment = { NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' };
const production: Environment = { DROP_ENVIRONMENT: 'production' };

/** The faults of the encryption keys in `environment`. */
function faultsIn(environment: Environment): string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (!isDropError(error, 'configuration_invalid')) throw error;
    const lines = error.message.split('\n').map((line) => line.trim());
    return lines.filter((line) => line.startsWith('DATA_ENCRYPTION'));
  }
}

const idsOf = (environment: Environment): string[] => {
  const { current, formerKeys } = encryptionKeysOf(loadConfig(environment));
  return [current, ...formerKeys].map(({ id }) => id);
};

describe('outside production', () => {
  test('the demo key stands in for one that is not given', () => {
    expect(idsOf(mock)).toEqual(['demo']);
    expect(idsOf({ ...mock, DROP_ENVIRONMENT: 'staging', HOST: 'localhost' })).toEqual(['demo']);
  });

  test('a key that is given is the current one, and what the demo key sealed still opens', () => {
    const rotated = {
      ...mock,
      DATA_ENCRYPTION_KEY: keys.new,
      DATA_ENCRYPTION_KEY_ID: '2026',
      DATA_ENCRYPTION_FORMER_KEYS: `2025:${keys.old}`,
    };
    expect(idsOf(rotated)).toEqual(['2026', '2025', 'demo']);
  });
});

test('in production the demo key is no key', () => {
  const config = loadConfig({ ...mock, DATA_ENCRYPTION_KEY: keys.new });
  const { formerKeys } = encryptionKeysOf({ ...config, DROP_ENVIRONMENT: 'production' });
  expect(formerKeys).toEqual([]);
});

describe('refused is', () => {
  const shortKey = Buffer.alloc(31).toString('base64');
  const demo = `demo-${keys.new}`;
  test.each<[string, Environment, string]>([
    ['no key in production', production, 'DATA_ENCRYPTION_KEY is required'],
    [
      'a short key',
      { ...mock, DATA_ENCRYPTION_KEY: shortKey },
      'DATA_ENCRYPTION_KEY must be base64 of at least 32',
    ],
    [
      'a key that is not base64',
      {
        ...mock,
        DATA_ENCRYPTION_KEY:
          'a pass phrase of many words is not a random key, however many more words there are',
      },
      'DATA_ENCRYPTION_KEY must be base64 of at least 32',
    ],
    [
      'a demo key in production',
      { ...production, DATA_ENCRYPTION_KEY: demo },
      'DATA_ENCRYPTION_KEY starts with demo-',
    ],
    [
      'a former demo key in production',
      { ...production, DATA_ENCRYPTION_KEY: keys.new, DATA_ENCRYPTION_FORMER_KEYS: `old:${demo}` },
      'DATA_ENCRYPTION_FORMER_KEYS holds a value that starts with demo-',
    ],
    [
      'an id with a dot',
      { ...mock, DATA_ENCRYPTION_KEY: keys.new, DATA_ENCRYPTION_KEY_ID: '2026.1' },
      'DATA_ENCRYPTION_KEY_ID must be letters',
    ],
    [
      'the id of the demo key',
      { ...mock, DATA_ENCRYPTION_KEY: keys.new, DATA_ENCRYPTION_KEY_ID: 'demo' },
      'DATA_ENCRYPTION_KEY_ID must be letters, digits, _ and -, and not demo',
    ],
    [
      'a short former key',
      { ...mock, DATA_ENCRYPTION_FORMER_KEYS: `2025:${shortKey}` },
      'DATA_ENCRYPTION_FORMER_KEYS must be id:base64 of at least 32 bytes each',
    ],
    [
      'a former key without an id',
      { ...mock, DATA_ENCRYPTION_FORMER_KEYS: keys.old },
      'DATA_ENCRYPTION_FORMER_KEYS must be id:base64',
    ],
    [
      'a former id with a dot',
      { ...mock, DATA_ENCRYPTION_FORMER_KEYS: `2025.1:${keys.old}` },
      'DATA_ENCRYPTION_FORMER_KEYS must be id:base64',
    ],
    [
      'the id of the current key among the former ones',
      { ...mock, DATA_ENCRYPTION_KEY: keys.new, DATA_ENCRYPTION_FORMER_KEYS: `1:${keys.old}` },
      'DATA_ENCRYPTION_FORMER_KEYS must have ids that differ',
    ],
    [
      'one former id twice',
      { ...mock, DATA_ENCRYPTION_FORMER_KEYS: `2025:${keys.old},2025:${keys.new}` },
      'DATA_ENCRYPTION_FORMER_KEYS must have ids that differ',
    ],
    [
      'the current key as a former one',
      { ...mock, DATA_ENCRYPTION_KEY: keys.new, DATA_ENCRYPTION_FORMER_KEYS: `2025:${keys.new}` },
      'DATA_ENCRYPTION_FORMER_KEYS must hold each key once',
    ],
  ])('%s', (_what, environment, fault) => {
    const faults = faultsIn(environment);
    expect(faults).toEqual([expect.stringContaining(fault)]);
    for (const key of [...Object.values(keys), shortKey]) expect(faults.join()).not.toContain(key);
  });
});
