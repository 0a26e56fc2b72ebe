import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { purgeDevices } from '#jobs/purge.ts';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import { Secret } from '#domain/secret.ts';
import type { VerifiedIdentity } from '#services/bankid/service.ts';
import { redeemTicket, returnToApp, startMobileSignIn } from '#usecases/sign-in/mobile-sign-in.ts';
import { completeSignIn, startSignIn, userOfSession } from '#usecases/sign-in/sign-in.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { codesTold, refuseCommits, told } from '../notify/told.ts';

const dayMs = 86_400_000;
const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/148.0.0.0 Safari/537.36';
const newerChrome = chrome.replace('148', '149');
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const birthNumber = syntheticNationalIdentityNumber('1980-05-17', 11);
const dNumber = syntheticNationalIdentityNumber('1980-05-17', 14, 'd_number');

function answerWith(context: TestContext, change: Partial<VerifiedIdentity> = {}): void {
  const { bankId } = context.services;
  context.services.bankId = {
    startSignIn: (request) => bankId.startSignIn(request),
    completeSignIn: async () => ({
      issuer: 'bankid',
      subject: 'kari',
      name: 'Kari Test',
      birthdate: '1980-05-17',
      acr: undefined,
      nationalIdentityNumber: new Secret(birthNumber),
      ...change,
    }),
  };
}

async function signIn(context: TestContext, userAgent: string | undefined = chrome): Promise<string> {
  const url = await startSignIn(context, { browserToken: 'b', returnTo: '/', locale: 'nb' });
  const parameters = new URL(url).searchParams;
  const ended = await completeSignIn(context, { parameters, browserToken: 'b', userAgent, locale: 'nb' });
  if (ended.kind !== 'signed_in') throw new RangeError('the sign-in opened no session');
  return ended.sessionToken;
}

async function signInByApp(context: TestContext): Promise<void> {
  const appVerifier = randomBytes(32).toString('base64url');
  const appChallenge = createHash('sha256').update(appVerifier).digest('base64url');
  const { authorizeUrl } = await startMobileSignIn(context, { appChallenge, locale: 'nb' });
  const returned = await returnToApp(context, new URL(authorizeUrl).searchParams);
  const ticket = 'ticket' in returned ? returned.ticket : '';
  await redeemTicket(context, { appVerifier, ticket, userAgent: 'Drop/1.0 (iPhone)', locale: 'nb' });
}

/** A customer who has signed in with Chrome on Windows, for the first time. */
async function stand() {
  const context = await testContext();
  answerWith(context);
  const { id = '' } = (await userOfSession(context, await signIn(context))) ?? {};
  return { context, id, codes: () => codesTold(context, id) };
}

test('the very first sign-in is no news', async () => {
  const { codes } = await stand();
  expect(await codes()).toEqual([]);
});

test('another sign-in with the same browser and system is no news', async () => {
  const { context, codes } = await stand();
  await signIn(context);
  await signIn(context, newerChrome);
  expect(await codes()).toEqual([]);
});

test('a sign-in with another browser is told once, by its program and system', async () => {
  const { context, id } = await stand();
  await signIn(context, firefox);
  await signIn(context, firefox);
  expect(await told(context, id)).toEqual([
    {
      code: 'new_device',
      parameters: { sessionId: expect.any(String) as string, program: 'Firefox', system: 'Linux' },
    },
  ]);
});

test('two sign-ins with a new browser at once are told once', async () => {
  const { context, codes } = await stand();
  await Promise.all([signIn(context, firefox), signIn(context, firefox)]);
  expect(await codes()).toEqual(['new_device']);
});

test('a browser that hides what it is is a device like others', async () => {
  const { context, id } = await stand();
  await signIn(context, 'hidden');
  await signIn(context, 'hidden otherwise');
  expect(await told(context, id)).toMatchObject([{ parameters: { program: null, system: null } }]);
});

test('the first sign-in with the app is told', async () => {
  const { context, id } = await stand();
  await signInByApp(context);
  await signInByApp(context);
  expect(await told(context, id)).toMatchObject([{ parameters: { program: 'app', system: 'iPhone' } }]);
});

test('a device without a sign-in for half a year is new again; the one used last is not', async () => {
  const { context, codes } = await stand();
  await signIn(context, firefox);
  context.clock.advance(2 * dayMs);
  await signIn(context, firefox);
  context.clock.advance(181 * dayMs);
  await purgeDevices(context);
  expect(await codes()).toEqual(['new_device']);
  await signIn(context, chrome);
  expect(await codes()).toEqual(['new_device', 'new_device']);
  await signIn(context, firefox);
  expect(await codes()).toEqual(['new_device', 'new_device']);
});

test('a device in use stays known', async () => {
  const { context, codes } = await stand();
  for (let month = 0; month < 10; month += 1) {
    context.clock.advance(30 * dayMs);
    await signIn(context);
    await purgeDevices(context);
  }
  expect(await codes()).toEqual([]);
});

test('a sign-in that cannot be committed is not told and opens no session', async () => {
  const { context, codes } = await stand();
  const allow = await refuseCommits(context);
  await expect(signIn(context, firefox)).rejects.toThrow('refused at the commit');
  const { rows } = await context.store.pool.query('select from sessions');
  expect(rows).toHaveLength(1);
  await allow();
  await signIn(context, firefox);
  expect(await codes()).toEqual(['new_device']);
});

const conflict = { code: 'sign_in_identity_conflict' };

test('a refused sign-in is told to the customer, at most once in each hour', async () => {
  const { context, codes } = await stand();
  answerWith(context, { nationalIdentityNumber: new Secret(dNumber) });
  await expect(signIn(context)).rejects.toMatchObject(conflict);
  await expect(signIn(context)).rejects.toMatchObject(conflict);
  expect(await codes()).toEqual(['sign_in_refused']);
  context.clock.advance(3_600_000);
  await expect(signIn(context)).rejects.toMatchObject(conflict);
  expect(await codes()).toEqual(['sign_in_refused', 'sign_in_refused']);
});

test('a refused sign-in with the details of two customers is told to both', async () => {
  const { context, codes } = await stand();
  const number = syntheticNationalIdentityNumber('1980-05-17', 41);
  answerWith(context, { subject: 'ola', nationalIdentityNumber: new Secret(number) });
  const { id: other = '' } = (await userOfSession(context, await signIn(context))) ?? {};
  answerWith(context, { subject: 'ola' });
  await expect(signIn(context)).rejects.toMatchObject(conflict);
  expect(await codes()).toEqual(['sign_in_refused']);
  expect(await codesTold(context, other)).toEqual(['sign_in_refused']);
});

test('a sign-in of a person who is no customer tells no customer', async () => {
  const { context, codes } = await stand();
  answerWith(context, { subject: 'per', birthdate: '2020-05-17' });
  await expect(signIn(context)).rejects.toMatchObject({ code: 'sign_in_under_age' });
  expect(await codes()).toEqual([]);
});

test('a sign-in is refused also where its customer cannot be told', async () => {
  const { context, codes } = await stand();
  await refuseCommits(context);
  answerWith(context, { nationalIdentityNumber: new Secret(dNumber) });
  await expect(signIn(context)).rejects.toMatchObject(conflict);
  expect(await codes()).toEqual([]);
});
