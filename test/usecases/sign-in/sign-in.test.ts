import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import { createNationalIdentityHasher } from '#domain/identity/national-identity-hash.ts';
import { Secret } from '#domain/secret.ts';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import type { VerifiedIdentity } from '#services/bankid/service.ts';
import { answerAgain } from '#usecases/sign-in/sign-in-again.ts';
import {
  completeSignIn,
  signOut,
  startSignIn,
  userOfSession,
  type SignedIn,
} from '#usecases/sign-in/sign-in.ts';
import { testContext, type TestContext } from '../../support/context.ts';

const browserToken = 'browser-1';
const minute = 60_000;

async function begin(
  context: TestContext,
  token = browserToken,
  returnTo = '/pay',
): Promise<URLSearchParams> {
  const url = await startSignIn(context, { browserToken: token, returnTo, locale: 'nb' });
  return new URL(url).searchParams;
}

/** Completes a sign-in that opens a session. */
async function finish(
  context: TestContext,
  parameters: URLSearchParams,
  token: string | undefined = browserToken,
): Promise<SignedIn> {
  const ended = await completeSignIn(context, {
    parameters,
    browserToken: token,
    userAgent: 'test',
    locale: 'nb',
  });
  if (ended.kind !== 'signed_in') throw new RangeError(`the sign-in opened no session: ${ended.kind}`);
  return ended;
}

function personOf(birthdate: string | undefined, number: string): VerifiedIdentity {
  return {
    issuer: 'test',
    subject: randomUUID(),
    nationalIdentityNumber: new Secret(number),
    name: 'Kari Test',
    birthdate,
    acr: undefined,
  };
}

function answerWith(context: TestContext, answer: VerifiedIdentity | (() => VerifiedIdentity)): void {
  const { bankId } = context.services;
  context.services.bankId = {
    startSignIn: (request) => bankId.startSignIn(request),
    completeSignIn: async () => (typeof answer === 'function' ? answer() : answer),
  };
}

test('a sign-in opens a session for the person and leads to the target page', async () => {
  const context = await testContext();
  const { sessionToken, returnTo } = await finish(context, await begin(context));
  expect(returnTo).toBe('/pay');
  expect((await userOfSession(context, sessionToken))?.name).toBe('Mia Mock');
});

test('ten tabs of one browser complete in any order', async () => {
  const context = await testContext();
  const tabs = [];
  for (let tab = 0; tab < 10; tab += 1) tabs.push(await begin(context));
  for (const parameters of tabs.reverse()) await finish(context, parameters);
});

test('a repeated callback is refused without a call to BankID', async () => {
  const context = await testContext();
  const parameters = await begin(context);
  await finish(context, parameters);
  await expect(finish(context, parameters)).rejects.toMatchObject({ code: 'sign_in_state_mismatch' });
});

test('a repeated callback is redirected while the sign-in is in progress, for a minute at most', async () => {
  const context = await testContext();
  const parameters = await begin(context);
  const held = Promise.withResolvers<VerifiedIdentity>();
  const asked = Promise.withResolvers<undefined>();
  const { bankId } = context.services;
  context.services.bankId = {
    startSignIn: (request) => bankId.startSignIn(request),
    completeSignIn: () => (asked.resolve(undefined), held.promise),
  };
  const first = finish(context, parameters);
  await asked.promise;
  const again = () => completeSignIn(context, { parameters, browserToken, userAgent: 'test', locale: 'nb' });
  expect(await again()).toEqual({ kind: 'came_again', returnTo: '/pay' });
  context.clock.advance(minute - 1);
  expect(await again()).toEqual({ kind: 'came_again', returnTo: '/pay' });
  context.clock.advance(1);
  await expect(again()).rejects.toMatchObject({ code: 'sign_in_state_mismatch' });
  held.resolve(personOf('1980-05-17', syntheticNationalIdentityNumber('1980-05-17', 11)));
  await first;
});

test('a callback that arrives before its sign-in ends is redirected, even if it is judged after that', async () => {
  const context = await testContext();
  const parameters = await begin(context);
  const { bankId } = context.services;
  context.services.bankId = {
    startSignIn: (request) => bankId.startSignIn(request),
    async completeSignIn() {
      context.clock.advance(1);
      return personOf('1980-05-17', syntheticNationalIdentityNumber('1980-05-17', 11));
    },
  };
  const before = context.clock.now();
  await finish(context, parameters);
  const at = (time: Date) =>
    answerAgain(
      context,
      { state: parameters.get('state') ?? '', at: time },
      { parameters, browserToken, userAgent: 'test', locale: 'nb' },
    );
  expect(await at(before)).toEqual({ kind: 'came_again', returnTo: '/pay' });
  await expect(at(context.clock.now())).rejects.toMatchObject({ code: 'sign_in_state_mismatch' });
});

test.each(['sign_in_unavailable', 'sign_in_token_invalid', 'sign_in_under_age'] as const)(
  'a sign-in that failed with %s has ended, and its callback is refused',
  async (code) => {
    const context = await testContext();
    const parameters = await begin(context);
    answerWith(context, () => {
      throw new DropError(code);
    });
    await expect(finish(context, parameters)).rejects.toMatchObject({ code });
    await expect(finish(context, parameters)).rejects.toMatchObject({ code: 'sign_in_state_mismatch' });
  },
);

test.each([
  ['an unknown state', new URLSearchParams({ state: 'unknown', code: 'x' }), browserToken],
  ['no state', new URLSearchParams({ code: 'x' }), browserToken],
  ['two states', new URLSearchParams('state=a&state=b&code=x'), browserToken],
])('%s is refused', async (_case, parameters, token) => {
  const context = await testContext();
  await expect(finish(context, parameters, token)).rejects.toMatchObject({ code: 'sign_in_state_mismatch' });
});

test('the state of another browser is refused, and that browser still signs in', async () => {
  const context = await testContext();
  const parameters = await begin(context);
  await expect(finish(context, parameters, 'browser-2')).rejects.toMatchObject({
    code: 'sign_in_state_mismatch',
  });
  await finish(context, parameters);
});

test('a sign-in older than ten minutes is refused', async () => {
  const context = await testContext();
  const parameters = await begin(context);
  context.clock.advance(10 * minute);
  await expect(finish(context, parameters)).rejects.toMatchObject({ code: 'sign_in_state_mismatch' });
});

test('two concurrent sign-ins of one person lead to one user', async () => {
  const context = await testContext();
  const tabs = [];
  for (let tab = 0; tab < 5; tab += 1) tabs.push(await begin(context));
  const sessions = await Promise.all(tabs.map((parameters) => finish(context, parameters)));
  const users = await Promise.all(sessions.map(({ sessionToken }) => userOfSession(context, sessionToken)));
  expect(new Set(users.map((user) => user?.id)).size).toBe(1);
});

test('a person who turns 18 today is signed in, and one who does so tomorrow is refused', async () => {
  const context = await testContext();
  const number = (birthdate: string): string => syntheticNationalIdentityNumber(birthdate, 512) ?? '';
  answerWith(context, personOf('2008-02-23', number('2008-02-23')));
  await finish(context, await begin(context));
  answerWith(context, personOf('2008-02-24', number('2008-02-24')));
  await expect(finish(context, await begin(context))).rejects.toMatchObject({ code: 'sign_in_under_age' });
});

test('without a birthdate claim the number determines the age, unless its date is uncertain', async () => {
  const context = await testContext();
  answerWith(context, personOf(undefined, syntheticNationalIdentityNumber('1980-05-17', 11) ?? ''));
  await finish(context, await begin(context));
  answerWith(
    context,
    personOf(undefined, syntheticNationalIdentityNumber('1980-05-17', 14, 'd_number') ?? ''),
  );
  await expect(finish(context, await begin(context))).rejects.toMatchObject({
    code: 'sign_in_token_invalid',
  });
});

test('a session ends when it is idle, when it expires, and when it is signed out', async () => {
  const context = await testContext();
  const idle = await finish(context, await begin(context));
  context.clock.advance(30 * minute);
  expect(await userOfSession(context, idle.sessionToken)).toBeUndefined();

  const old = await finish(context, await begin(context));
  for (let used = 0; used < 12 * 60 - 1; used += 20) {
    context.clock.advance(20 * minute);
    const user = await userOfSession(context, old.sessionToken);
    expect(user === undefined).toBe(used + 20 >= 12 * 60);
  }

  const ended = await finish(context, await begin(context));
  await signOut(context, ended.sessionToken);
  expect(await userOfSession(context, ended.sessionToken)).toBeUndefined();
});

test('neither the national identity number nor any token is stored in plain text', async () => {
  const context = await testContext();
  const number = syntheticNationalIdentityNumber('1980-05-17', 11) ?? '';
  answerWith(context, personOf('1980-05-17', number));
  const parameters = await begin(context);
  const { sessionToken } = await finish(context, parameters);
  const { rows } = await context.store.pool.query<{ dump: string }>(
    `select (select json_agg(u) from users u)::text || (select json_agg(s) from sessions s)::text
       || (select json_agg(t) from sign_in_transactions t)::text as dump`,
  );
  for (const secret of [number, sessionToken, parameters.get('state') ?? '', browserToken]) {
    expect(rows[0]?.dump).not.toContain(secret);
  }
});

test('a person who signed in under the former key is the same user under the new one, and is rekeyed', async () => {
  const context = await testContext();
  const former = { id: '2025', key: new Secret('demo-key-of-2025-demo-key-of-2025') };
  const current = { id: '2026', key: new Secret('demo-key-of-2026-demo-key-of-2026') };
  const person = personOf('1980-05-17', syntheticNationalIdentityNumber('1980-05-17', 11));
  answerWith(context, person);
  context.nationalIdentityHasher = createNationalIdentityHasher({ keys: [former], plain: false });
  const before = await finish(context, await begin(context));
  context.nationalIdentityHasher = createNationalIdentityHasher({
    keys: [current],
    formerKeys: [former],
    plain: false,
  });
  const after = await finish(context, await begin(context));
  const users = await Promise.all(
    [before, after].map(({ sessionToken }) => userOfSession(context, sessionToken)),
  );
  expect(users[0]?.id).toBe(users[1]?.id);
  const rows = await context.store.database
    .selectFrom('users')
    .select(['national_id_hash as hash', 'national_id_hash_key_id as keyId'])
    .execute();
  expect(rows).toEqual([context.nationalIdentityHasher.current(person.nationalIdentityNumber)]);
});

test('a returning person is matched by number, issuer and subject together, and by none of them alone', async () => {
  const context = await testContext();
  const kari = personOf('1980-05-17', syntheticNationalIdentityNumber('1980-05-17', 11));
  const ola = personOf('1974-11-30', syntheticNationalIdentityNumber('1974-11-30', 11));
  for (const person of [kari, ola]) {
    answerWith(context, person);
    await finish(context, await begin(context));
  }
  const sessions = context.store.database.selectFrom('sessions').select('id');
  const before = await sessions.execute();
  answerWith(context, { ...kari, subject: ola.subject });
  await expect(finish(context, await begin(context))).rejects.toMatchObject({
    code: 'sign_in_identity_conflict',
  });
  expect(await sessions.execute()).toEqual(before);
  answerWith(context, { ...kari, issuer: 'another' });
  const { sessionToken } = await finish(context, await begin(context));
  const issuers = context.store.database.selectFrom('users').select(['id', 'bankid_issuer']);
  const { id } = (await userOfSession(context, sessionToken)) ?? {};
  expect((await issuers.execute()).find((user) => user.id === id)?.bankid_issuer).toBe('another');
});

test('the language of the first sign-in is kept, and a later sign-in does not change it', async () => {
  const context = await testContext();
  const person = personOf('1980-01-01', syntheticNationalIdentityNumber('1980-01-01'));
  answerWith(context, person);
  const locales = async () => context.store.database.selectFrom('users').select('locale').execute();
  const signIn = async (locale: 'nb' | 'en') =>
    completeSignIn(context, { parameters: await begin(context), browserToken, userAgent: 'test', locale });
  await signIn('en');
  expect(await locales()).toEqual([{ locale: 'en' }]);
  await signIn('nb');
  expect(await locales()).toEqual([{ locale: 'en' }]);
  answerWith(context, { ...person, name: 'Kari Ny' });
  await signIn('nb');
  expect(await locales()).toEqual([{ locale: 'en' }]);
});

test('a returning customer whose language is not known gets that of the sign-in', async () => {
  const context = await testContext();
  answerWith(context, personOf('1980-01-01', syntheticNationalIdentityNumber('1980-01-01')));
  const { database } = context.store;
  await finish(context, await begin(context));
  await database.updateTable('users').set({ locale: null }).execute();
  const parameters = await begin(context);
  await completeSignIn(context, { parameters, browserToken, userAgent: 'test', locale: 'en' });
  expect(await database.selectFrom('users').select('locale').execute()).toEqual([{ locale: 'en' }]);
});
