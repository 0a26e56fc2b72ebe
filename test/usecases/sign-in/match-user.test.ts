import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Alert } from '#domain/alert-text.ts';
import { createNationalIdentityHasher } from '#domain/identity/national-identity-hash.ts';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import { Secret } from '#domain/secret.ts';
import type { VerifiedIdentity } from '#services/bankid/service.ts';
import { findIdentifiedUsers, identifyUser } from '#store/users.ts';
import { userOf } from '#usecases/sign-in/match-user.ts';
import { watchMetConditions } from '#usecases/watch/met.ts';
import { raisedAlerts } from '../../support/alerts.ts';
import { testContext, type TestContext } from '../../support/context.ts';

const birthNumber = syntheticNationalIdentityNumber('1980-05-17', 11);
const corrected = syntheticNationalIdentityNumber('1980-05-17', 41);
const dNumber = syntheticNationalIdentityNumber('1980-05-17', 14, 'd_number');
const conflict = { code: 'sign_in_identity_conflict' };
const keys = ['2024', '2025', '2026'].map((id) => ({ id, key: new Secret(`demo-key-of-${id}`.repeat(2)) }));
const [key2024, key2025, key2026] = keys as [HashKey, HashKey, HashKey];

type HashKey = { id: string; key: Secret };
type Context = TestContext & { alerts(): Promise<Alert[]> };

async function startContext(): Promise<Context> {
  const context = await testContext();
  return Object.assign(context, { alerts: () => raisedAlerts(context) });
}

function person(number: string, changed: Partial<VerifiedIdentity> = {}): VerifiedIdentity {
  return {
    issuer: 'bankid',
    subject: 'kari',
    name: 'Kari Test',
    birthdate: '1980-05-17',
    acr: undefined,
    nationalIdentityNumber: new Secret(number),
    ...changed,
  };
}

function hashUnder(context: Context, current: HashKey, ...formerKeys: HashKey[]): void {
  context.nationalIdentityHasher = createNationalIdentityHasher({
    keys: [current],
    formerKeys,
    plain: false,
  });
}

function usersOf(context: Context) {
  return context.store.database.selectFrom('users').selectAll().orderBy('created_at').execute();
}

test('a returning customer without changes is the same user, and nothing is written', async () => {
  const context = await startContext();
  const id = await userOf(context, person(birthNumber));
  const before = await context.store.pool.query('select xmin from users');
  expect(await userOf(context, person(birthNumber))).toBe(id);
  expect((await context.store.pool.query('select xmin from users')).rows).toEqual(before.rows);
  expect(await context.alerts()).toEqual([]);
});

test('a person whose D-number became a birth number is the same user, under the new number', async () => {
  const context = await startContext();
  const id = await userOf(context, person(dNumber));
  expect(await userOf(context, person(birthNumber))).toBe(id);
  const { hash } = context.nationalIdentityHasher.current(new Secret(birthNumber));
  expect(await usersOf(context)).toMatchObject([{ id, national_id_hash: hash }]);
  expect(await context.alerts()).toMatchObject([
    { severity: 'warning', title: 'A person came back under another national identity number' },
  ]);
  expect(await userOf(context, person(birthNumber, { subject: 'other-issuer-name' }))).toBe(id);
});

test('a person whose birth number was corrected is the same user', async () => {
  const context = await startContext();
  const id = await userOf(context, person(birthNumber));
  expect(await userOf(context, person(corrected))).toBe(id);
});

test('a birth number does not become a D-number: the sign-in is refused and the operators are told', async () => {
  const context = await startContext();
  await userOf(context, person(birthNumber));
  const before = await usersOf(context);
  await expect(userOf(context, person(dNumber))).rejects.toMatchObject(conflict);
  expect(await usersOf(context)).toEqual(before);
  expect(await context.alerts()).toMatchObject([
    { severity: 'critical', title: 'BankID contradicts what Drop knows of a person' },
  ]);
});

test('a number of one user with the subject of another is refused and changes neither user', async () => {
  const context = await startContext();
  await userOf(context, person(birthNumber));
  await userOf(context, person(corrected, { subject: 'ola', name: 'Ola Test' }));
  const before = await usersOf(context);
  await expect(userOf(context, person(birthNumber, { subject: 'ola' }))).rejects.toMatchObject(conflict);
  expect(await usersOf(context)).toEqual(before);
  expect(await context.alerts()).toHaveLength(1);
});

test('a conflict that returns within the hour is alerted once, and names both users', async () => {
  const context = await startContext();
  const kari = await userOf(context, person(birthNumber));
  const ola = await userOf(context, person(corrected, { subject: 'ola', name: 'Ola Test' }));
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await expect(userOf(context, person(birthNumber, { subject: 'ola' }))).rejects.toMatchObject(conflict);
    context.clock.advance(5 * 60_000);
  }
  const [alert, ...more] = await context.alerts();
  expect(more).toEqual([]);
  expect([kari, ola].filter((id) => alert?.message.includes(id))).toHaveLength(2);
  context.clock.advance(3_600_000);
  await watchMetConditions(context);
  context.clock.advance(3_600_000);
  await watchMetConditions(context);
  expect((await context.alerts()).map(({ title }) => title).slice(1)).toEqual([`Over: ${alert?.title}`]);
});

test('the same subject at another issuer is another user', async () => {
  const context = await startContext();
  const id = await userOf(context, person(birthNumber));
  expect(await userOf(context, person(corrected, { issuer: 'another' }))).not.toBe(id);
});

test('a user hashed under a missing key is matched by subject and rekeyed, and the key is reported', async () => {
  const context = await startContext();
  hashUnder(context, key2024);
  const id = await userOf(context, person(birthNumber));
  hashUnder(context, key2026);
  expect(await userOf(context, person(birthNumber))).toBe(id);
  expect(await usersOf(context)).toMatchObject([{ id, national_id_hash_key_id: '2026' }]);
  expect(await context.alerts()).toMatchObject([
    { title: 'A hash key of national identity numbers is not configured', message: /"2024"/ },
  ]);
});

test('a D-number under a missing key cannot be compared, and the subject decides', async () => {
  const context = await startContext();
  hashUnder(context, key2024);
  const id = await userOf(context, person(dNumber));
  hashUnder(context, key2026);
  expect(await userOf(context, person(dNumber))).toBe(id);
});

test('two rows of one number, created while a key was missing, do not block the sign-in', async () => {
  const context = await startContext();
  hashUnder(context, key2024);
  const first = await userOf(context, person(birthNumber));
  hashUnder(context, key2025);
  const second = await userOf(context, person(birthNumber, { issuer: 'another' }));
  expect(second).not.toBe(first);
  hashUnder(context, key2025, key2024);
  expect(await userOf(context, person(birthNumber))).toBe(first);
  expect(await userOf(context, person(birthNumber, { issuer: 'another' }))).toBe(second);
  expect(await userOf(context, person(birthNumber, { issuer: 'a third' }))).toBe(second);
});

test('an issuer that provides no name does not remove the stored one', async () => {
  const context = await startContext();
  await userOf(context, person(birthNumber));
  await userOf(context, person(birthNumber, { name: '' }));
  await userOf(context, person(birthNumber, { subject: 'kari-2', name: '' }));
  expect(await usersOf(context)).toMatchObject([{ name: 'Kari Test', bankid_subject: 'kari-2' }]);
});

const races: [string, (context: Context) => Promise<unknown>, () => VerifiedIdentity[]][] = [
  ['there was no user', async () => undefined, () => [person(birthNumber)]],
  [
    'the key changed',
    async (context) => {
      hashUnder(context, key2024);
      await userOf(context, person(birthNumber));
      hashUnder(context, key2026, key2024);
    },
    () => [person(birthNumber)],
  ],
  [
    'the key is missing',
    async (context) => {
      hashUnder(context, key2024);
      await userOf(context, person(birthNumber));
      hashUnder(context, key2026);
    },
    () => [person(birthNumber)],
  ],
  ['the number changed', (context) => userOf(context, person(dNumber)), () => [person(birthNumber)]],
  [
    'one has another issuer, and one another name',
    (context) => userOf(context, person(birthNumber)),
    () => [person(birthNumber, { issuer: 'another' }), person(birthNumber, { name: 'Kari Ny' })],
  ],
];
test.each(races)(
  'twenty concurrent sign-ins when %s lead to one user',
  async (_case, prepare, identities) => {
    const context = await startContext();
    await prepare(context);
    const each = identities();
    const attempts = Array.from({ length: 20 }, (_, at) =>
      userOf(context, each[at % each.length] ?? person('')),
    );
    expect(new Set(await Promise.all(attempts)).size).toBe(1);
    expect(await usersOf(context)).toHaveLength(1);
    const alerts = await context.alerts();
    expect(new Set(alerts.map(({ title }) => title)).size).toBe(alerts.length);
  },
);

test('one subject with two numbers concurrently leads to one user', async () => {
  const context = await startContext();
  const attempts = Array.from({ length: 20 }, (_, at) =>
    userOf(context, person(at % 2 ? birthNumber : corrected)),
  );
  expect(new Set(await Promise.all(attempts)).size).toBe(1);
});

test('a failure of the database is not treated as a race', async () => {
  const context = await startContext();
  await userOf(context, person(birthNumber));
  await context.store.pool.query('alter table users add constraint never check (name <> $$Ny$$)');
  const failing = userOf(context, person(birthNumber, { name: 'Ny' }));
  await expect(failing).rejects.toMatchObject({ code: '23514' });
});

test('a subject that another user took meanwhile is read again, without an error', async () => {
  const context = await startContext();
  const { database } = context.store;
  await userOf(context, person(birthNumber));
  const { hash } = context.nationalIdentityHasher.current(new Secret(birthNumber));
  const [kari] = await findIdentifiedUsers(database, { hashes: [hash], issuer: 'bankid', subject: 'kari' });
  await userOf(context, person(corrected, { subject: 'ola' }));
  if (!kari) throw new RangeError('she was found');
  expect(await identifyUser(database, kari, { ...kari, subject: 'ola' })).toBe(false);
  expect(await usersOf(context)).toMatchObject([{ bankid_subject: 'kari' }, { bankid_subject: 'ola' }]);
});

const runbook = 'docs/runbook/bankid-contradicts-what-drop-knows-of-a-person.md';
const merging = /```sql\n( *update users[^`]*)```/.exec(readFileSync(runbook, 'utf8'))?.[1] ?? '';

test.each(['dNumber', 'birthNumber'] as const)(
  'when one person has two users, the one that the runbook retires (%s) does not block the other',
  async (retired) => {
    const context = await startContext();
    const ids = {
      dNumber: await userOf(context, person(dNumber)),
      birthNumber: await userOf(context, person(birthNumber, { issuer: 'another' })),
    };
    const comesBack = person(birthNumber);
    await expect(userOf(context, comesBack)).rejects.toMatchObject(conflict);
    await context.store.pool.query(merging.replaceAll('…', ids[retired]));
    const kept = retired === 'dNumber' ? ids.birthNumber : ids.dNumber;
    expect(await userOf(context, comesBack)).toBe(kept);
    expect(await userOf(context, comesBack)).toBe(kept);
    expect(await usersOf(context)).toHaveLength(2);
  },
);
