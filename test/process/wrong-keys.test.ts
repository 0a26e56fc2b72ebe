import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { encryptionKeysOf } from '#configuration/encryption-keys.ts';
import type { Environment } from '#configuration/environment.ts';
import { ManualClock } from '#domain/clock.ts';
import { createSealer } from '#domain/sealer.ts';
import { checkKeys } from '#process/wrong-keys.ts';
import type { Store } from '#store/database.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { secretStateOf } from '#usecases/banking/secret-state.ts';
import { alertMissingHashKeys } from '#usecases/operate/national-ids/missing-keys.ts';
import { drop } from '../cli/program.ts';
import { raisedAlerts } from '../support/alerts.ts';
import { customer, testContext } from '../support/context.ts';

const newKey = (): string => randomBytes(32).toString('base64');
const [first, second] = [newKey(), newKey()];

const staging: Environment = {
  DROP_ENVIRONMENT: 'staging',
  NEXT_PUBLIC_SERVICE_MODE: 'mock',
  HOST: '127.0.0.1',
  NATIONAL_ID_HASH_KEY: first,
  DATA_ENCRYPTION_KEY: first,
};

interface Started {
  logged: string[];
}

/** What a start does with the keys of `environment` on a database. Hashes are keyed, as outside mock mode. */
async function start(store: Store, change: Environment = {}): Promise<Started> {
  const config = {
    ...loadConfig({ ...staging, ...change }),
    NEXT_PUBLIC_SERVICE_MODE: 'production' as const,
  };
  const logged: string[] = [];
  const log = (_level: string, message: string): number => logged.push(message);
  await checkKeys({ config, store, clock: new ManualClock(), log });
  return { logged };
}

/** A database with a customer who is hashed under the key "1", and who has linked a bank under the key "1". */
async function filled(change: Environment = {}): Promise<Store> {
  const config = loadConfig({ ...staging, ...change });
  const sealer = createSealer({ ...encryptionKeysOf(config), newNonce: () => randomBytes(12) });
  const context = { ...(await testContext()), sealer };
  const user = await customer(context);
  const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;
  const { id } = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
  await secretStateOf(context, { kind: 'consent', id }).change(async () => ({ refreshToken: 'token' }));
  return context.store;
}

const refusedFor = (...texts: string[]): object => ({
  code: 'configuration_invalid',
  message: expect.stringMatching(texts.join('[^]*')),
});

describe('a start', () => {
  test('with the keys that the database was filled with goes on, again and again', async () => {
    const store = await filled();
    expect((await start(store)).logged).toEqual([]);
    expect((await start(store)).logged).toEqual([]);
  });

  test('with another hash key under the same id is refused, naming the id and no key', async () => {
    const store = await filled();
    await start(store);
    const started = start(store, { NATIONAL_ID_HASH_KEY: second });
    await expect(started).rejects.toMatchObject(
      refusedFor('NATIONAL_ID_HASH_KEY has another key under the id "1"', 'docs/backup.md'),
    );
    await expect(started).rejects.not.toThrow(first);
    await expect(started).rejects.not.toThrow(second);
    await start(store);
  });

  test('with another former hash key under the same id is refused', async () => {
    const store = await filled();
    await start(store);
    const rotated = { NATIONAL_ID_HASH_KEY: newKey(), NATIONAL_ID_HASH_KEY_ID: '2' };
    await expect(
      start(store, { ...rotated, NATIONAL_ID_HASH_FORMER_KEYS: `1:${second}` }),
    ).rejects.toMatchObject(refusedFor('NATIONAL_ID_HASH_FORMER_KEYS has another key under the id "1"'));
    await start(store, { ...rotated, NATIONAL_ID_HASH_FORMER_KEYS: `1:${first}` });
  });

  test('with none of the keys that people are hashed under is refused, naming its own', async () => {
    const store = await filled();
    await expect(start(store, { NATIONAL_ID_HASH_KEY_ID: '2026' })).rejects.toMatchObject(
      refusedFor(
        'none of the keys that people are hashed under; it has "2026"',
        'NATIONAL_ID_HASH_LOST_KEYS',
      ),
    );
  });

  test('without a hash key that is declared lost goes on', async () => {
    const store = await filled();
    await start(store);
    const lost = {
      NATIONAL_ID_HASH_KEY: second,
      NATIONAL_ID_HASH_KEY_ID: '2',
      NATIONAL_ID_HASH_LOST_KEYS: '1',
    };
    expect((await start(store, lost)).logged).toEqual([]);
  });

  test('with another encryption key under the same id is refused', async () => {
    const store = await filled();
    await start(store);
    await expect(start(store, { DATA_ENCRYPTION_KEY: second })).rejects.toMatchObject(
      refusedFor('DATA_ENCRYPTION_KEY has another key under the id "1"'),
    );
  });

  test('with another encryption key is refused also where no start has left a fingerprint', async () => {
    const store = await filled();
    await expect(start(store, { DATA_ENCRYPTION_KEY: second })).rejects.toMatchObject(
      refusedFor('DATA_ENCRYPTION_KEY has another key under the id "1"'),
    );
  });

  test('with both keys wrong is told of both', async () => {
    const store = await filled();
    await start(store);
    await expect(
      start(store, { NATIONAL_ID_HASH_KEY: second, DATA_ENCRYPTION_KEY: second }),
    ).rejects.toMatchObject(refusedFor('NATIONAL_ID_HASH_KEY', 'DATA_ENCRYPTION_KEY'));
  });

  test('may change a key under which nothing is kept', async () => {
    const { store } = await testContext();
    await start(store);
    await start(store, { NATIONAL_ID_HASH_KEY: second, DATA_ENCRYPTION_KEY: second });
    await start(store);
  });

  test('of the sandbox goes on with a warning, and takes the keys as its own', async () => {
    const store = await filled();
    await start(store);
    const sandbox = { DROP_ENVIRONMENT: 'sandbox', NATIONAL_ID_HASH_KEY: second };
    expect((await start(store, sandbox)).logged.join()).toMatch(/another key under the id "1".*--fresh/s);
    expect((await start(store, sandbox)).logged).toEqual([]);
  });
});

test('what a start remembers of its keys holds no key', async () => {
  const store = await filled();
  await start(store);
  const rows = await store.database.selectFrom('key_fingerprints').selectAll().execute();
  expect(rows.map(({ purpose, key_id: id }) => `${purpose} ${id}`).toSorted()).toEqual([
    'data_encryption 1',
    'data_encryption demo',
    'national_id_hash 1',
  ]);
  expect(JSON.stringify(rows)).not.toContain(first);
  const [one, other] = rows.filter(({ key_id: id }) => id === '1').map(({ fingerprint }) => fingerprint);
  expect(one).not.toBe(other);
});

test('people under a missing key are told of once at the start, those under a lost one never', async () => {
  const context = await testContext();
  await customer(context);
  const hasher = { ...context.nationalIdentityHasher, keyIds: ['2'] };
  const parts = { ...context, nationalIdentityHasher: hasher };
  await alertMissingHashKeys(parts, ['1']);
  await alertMissingHashKeys(parts, []);
  const told = (await raisedAlerts(context)).map(({ message }) => message);
  expect(told).toEqual([expect.stringContaining('under the key "1"')]);
});

describe('the command line', () => {
  test.each([
    [['national-ids', 'status'], 'NATIONAL_ID_HASH_KEY'],
    [
      ['national-ids', 'rekey', '--dry-run', '--born-from', '1990', '--born-to', '1990'],
      'NATIONAL_ID_HASH_KEY',
    ],
    [['secrets', 'status'], 'DATA_ENCRYPTION_KEY'],
    [['secrets', 'rekey'], 'DATA_ENCRYPTION_KEY'],
  ])('tells with %j that a key is not the one of the database', async (parameters, variable) => {
    const store = await filled();
    await start(store);
    const environment = { ...staging, DATABASE_URL: store.url, [variable]: second } as Record<string, string>;
    const { code, errors } = await drop(parameters, environment);
    expect([code, errors]).toEqual([
      expect.any(Number),
      expect.stringContaining(`${variable} has another key`),
    ]);
    expect(code).not.toBe(0);
  });
});
