import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  createNationalIdentityHasher,
  type NationalIdentityHash,
} from '#domain/identity/national-identity-hash.ts';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import { Secret } from '#domain/secret.ts';
import type { Store } from '#store/database.ts';
import { listOperatorActs } from '#store/operator-acts.ts';
import { insertUser } from '#store/users.ts';
import { testStore } from '../support/database.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const keys = {
  '2025': Buffer.alloc(32, 'old').toString('base64'),
  '2026': Buffer.alloc(32, 'new').toString('base64'),
};
const numbers = ['1990-01-01', '1990-01-02', '1990-01-03'].map((birthdate) =>
  syntheticNationalIdentityNumber(birthdate, 10),
);
const span = ['--born-from', '1990', '--born-to', '1990', '--json'];
const inPlain = createNationalIdentityHasher({ keys: [], plain: true });
const under2025 = createNationalIdentityHasher({
  keys: [{ id: '2025', key: new Secret(keys['2025']) }],
  plain: false,
});
const under2026 = createNationalIdentityHasher({
  keys: [{ id: '2026', key: new Secret(keys['2026']) }],
  plain: false,
});

interface Ran {
  code: number | null;
  output: string;
  errors: string;
}

async function drop(parameters: string[], environment: Record<string, string>): Promise<Ran> {
  const child = spawn(process.execPath, ['bin/drop.js', 'national-ids', ...parameters], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      NEXT_PUBLIC_SERVICE_MODE: 'mock',
      DROP_ENVIRONMENT: 'sandbox',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output, errors };
}

/** A Drop with the current key 2026 and the former key 2025. */
function rotated({ url }: Store): Record<string, string> {
  return {
    DATABASE_URL: url,
    NATIONAL_ID_HASH_KEY: keys['2026'],
    NATIONAL_ID_HASH_KEY_ID: '2026',
    NATIONAL_ID_HASH_FORMER_KEYS: `2025:${keys['2025']}`,
  };
}

async function addUser(store: Store, { hash, keyId }: NationalIdentityHash): Promise<void> {
  const id = randomUUID();
  await insertUser(store.database, {
    id,
    nationalIdHash: hash,
    nationalIdHashKeyId: keyId,
    issuer: 'test',
    subject: id,
    name: 'Kari Test',
    at: new Date('2026-01-01T00:00:00Z'),
  });
}

async function storeOf(hashOf: (number: Secret) => NationalIdentityHash): Promise<Store> {
  const store = await testStore();
  for (const number of numbers) await addUser(store, hashOf(new Secret(number)));
  return store;
}

async function storedHashes(store: Store): Promise<string[]> {
  const rows = await store.database.selectFrom('users').select('national_id_hash as hash').execute();
  return rows.map(({ hash }) => hash).sort();
}

const hashesUnder2026 = numbers.map((number) => under2026.current(new Secret(number)).hash).sort();

test.each([
  ['a former key', under2025, '2025'],
  ['no key', inPlain, 'plain'],
])(
  'hashes under %s are moved to the current key, and a second run changes nothing',
  async (_case, old, keyId) => {
    const store = await storeOf(old.current);
    const before = await drop(['status', '--json'], rotated(store));
    expect(JSON.parse(before.output)).toMatchObject({
      keys: expect.arrayContaining([
        { keyId: '2026', users: 0, key: 'current' },
        { keyId, users: 3, key: 'former' },
      ]) as unknown,
    });
    const first = await drop(['rekey', ...span], rotated(store));
    expect(JSON.parse(first.output)).toEqual({ dryRun: false, moved: 3, remaining: [] });
    expect(await storedHashes(store)).toEqual(hashesUnder2026);
    const second = await drop(['rekey', ...span], rotated(store));
    expect(JSON.parse(second.output)).toEqual({ dryRun: false, moved: 0, remaining: [] });
    expect(await storedHashes(store)).toEqual(hashesUnder2026);
    const acts = await listOperatorActs(store.database, {}, 10);
    expect(acts.map(({ act, about }) => `${act}: ${about}`)).toEqual([
      'rekeyed national ids: 0 users',
      'rekeyed national ids: 3 users',
    ]);
    for (const { output, errors } of [first, second])
      for (const number of numbers) expect(output + errors).not.toContain(number);
  },
);

test('hashes under a key are moved to plain hashes when configured', async () => {
  const store = await storeOf(under2025.current);
  const { output } = await drop(['rekey', ...span], {
    DATABASE_URL: store.url,
    NATIONAL_ID_HASH_PLAIN: 'true',
    NATIONAL_ID_HASH_FORMER_KEYS: `2025:${keys['2025']}`,
  });
  expect(JSON.parse(output)).toMatchObject({ moved: 3, remaining: [] });
  expect(await storedHashes(store)).toEqual(
    numbers.map((number) => inPlain.current(new Secret(number)).hash).sort(),
  );
});

test('a dry run counts and changes nothing', async () => {
  const store = await storeOf(under2025.current);
  const before = await storedHashes(store);
  const { output } = await drop(['rekey', '--dry-run', ...span], rotated(store));
  expect(JSON.parse(output)).toEqual({
    dryRun: true,
    moved: 3,
    remaining: [{ keyId: '2025', users: 3, key: 'former' }],
  });
  expect(await storedHashes(store)).toEqual(before);
});

test('a user who also has a row under the current key is skipped and reported as remaining', async () => {
  const store = await storeOf(under2025.current);
  await addUser(store, under2026.current(new Secret(numbers[0] ?? '')));
  const { code, output } = await drop(['rekey', ...span], rotated(store));
  expect([code, JSON.parse(output)]).toEqual([
    0,
    { dryRun: false, moved: 2, remaining: [{ keyId: '2025', users: 1, key: 'former' }] },
  ]);
});

test('a key that is not configured is reported and not tried', async () => {
  const store = await storeOf(under2025.current);
  const environment = { ...rotated(store), NATIONAL_ID_HASH_FORMER_KEYS: '' };
  const { output } = await drop(['rekey', ...span], environment);
  expect(JSON.parse(output)).toEqual({
    dryRun: false,
    moved: 0,
    remaining: [{ keyId: '2025', users: 3, key: 'unknown' }],
  });
});

test('without DATABASE_URL and a sandbox that runs, both are named', async () => {
  const { code, errors } = await drop(['status'], {});
  expect([code, errors]).toEqual([
    1,
    expect.stringContaining('No DATABASE_URL is set, and no Drop is running'),
  ]);
});

test.each([
  ['an id twice', `2026:${keys['2025']}`, 'differ from each other'],
  ['a key that is too short', '2025:c2hvcnQ=', 'id:base64 of at least 32 bytes'],
])('%s among the former keys is refused, without disclosing the key', async (_case, former, problem) => {
  const { code, errors } = await drop(['status'], {
    NATIONAL_ID_HASH_KEY: keys['2026'],
    NATIONAL_ID_HASH_KEY_ID: '2026',
    NATIONAL_ID_HASH_FORMER_KEYS: former,
  });
  expect([code, errors]).toEqual([1, expect.stringContaining(problem)]);
  expect(errors).not.toContain(former.slice(5));
});

test('a range of years that ends before it begins is refused, with advice', async () => {
  const store = await storeOf(under2025.current);
  const { code, errors } = await drop(['rekey', '--born-from', '1991', '--born-to', '1990'], rotated(store));
  expect(code).not.toBe(0);
  expect(errors).toContain('--born-from 1991 is after --born-to 1990: give the earlier year first');
  expect(await storedHashes(store)).toEqual(
    numbers.map((number) => under2025.current(new Secret(number)).hash).sort(),
  );
});
