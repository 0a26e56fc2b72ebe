import { createHash, randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { DropError, type ErrorCode } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import type { VerifiedIdentity } from '#services/bankid/service.ts';
import { purgeOldTickets, takeTicket } from '#store/sign-in-tickets.ts';
import { takeAppSignIn } from '#store/sign-in-transactions.ts';
import {
  redeemCode,
  redeemTicket,
  returnToApp,
  startMobileSignIn,
} from '#usecases/sign-in/mobile-sign-in.ts';
import { completeSignIn, signOut, startSignIn, userOfSession } from '#usecases/sign-in/sign-in.ts';
import { testContext, type TestContext } from '../../support/context.ts';

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;
const mismatch = { code: 'sign_in_state_mismatch' };

interface Begun {
  appVerifier: string;
  /** The callback parameters from BankID. */
  parameters: URLSearchParams;
}

async function begin(context: TestContext): Promise<Begun> {
  const appVerifier = randomBytes(32).toString('base64url');
  const appChallenge = createHash('sha256').update(appVerifier).digest('base64url');
  const { authorizeUrl } = await startMobileSignIn(context, { appChallenge, locale: 'nb' });
  return { appVerifier, parameters: new URL(authorizeUrl).searchParams };
}

/** A sign-in up to the ticket. */
async function ticketed(context: TestContext): Promise<{ appVerifier: string; ticket: string }> {
  const { appVerifier, parameters } = await begin(context);
  const returned = await returnToApp(context, parameters);
  return { appVerifier, ticket: 'ticket' in returned ? returned.ticket : '' };
}

const withTicket = (context: TestContext, given: { appVerifier: string; ticket: string }) =>
  redeemTicket(context, { ...given, userAgent: 'Drop/1.0', locale: 'nb' });
const withCode = (context: TestContext, given: Begun) =>
  redeemCode(context, { ...given, userAgent: 'Drop/1.0', locale: 'nb' });

/** BankID answers the app itself. */
async function contextOfApp(): Promise<TestContext> {
  const context = await testContext();
  context.bankIdCallbackUrlMobile = 'drop://auth/callback';
  return context;
}

function answerWith(context: TestContext, answer: () => VerifiedIdentity): void {
  const { bankId } = context.services;
  context.services.bankId = {
    startSignIn: (request) => bankId.startSignIn(request),
    completeSignIn: async () => answer(),
  };
}

function failWith(context: TestContext, code: ErrorCode): void {
  answerWith(context, () => {
    throw new DropError(code);
  });
}

function minor(): VerifiedIdentity {
  const birthdate = '2010-05-17';
  const number = new Secret(syntheticNationalIdentityNumber(birthdate, 512) ?? '');
  return {
    issuer: 'test',
    subject: 'minor',
    nationalIdentityNumber: number,
    name: '',
    birthdate,
    acr: undefined,
  };
}

async function countOf(context: TestContext, table: 'sessions' | 'sign_in_tickets'): Promise<number> {
  const { rows } = await context.store.pool.query<{ count: number }>(
    `select count(*)::int as count from ${table}`,
  );
  return rows[0]?.count ?? 0;
}

test('an app gets a session for the ticket that its sign-in came back with', async () => {
  const context = await testContext();
  const { token, expiresAt } = await withTicket(context, await ticketed(context));
  expect((await userOfSession(context, token))?.name).toBe('Mia Mock');
  expect(expiresAt.getTime() - context.clock.now().getTime()).toBe(90 * day);
  const { rows } = await context.store.pool.query('select kind, user_agent from sessions');
  expect(rows).toEqual([{ kind: 'app', user_agent: 'Drop/1.0' }]);
});

test('an app that BankID answers directly gets a session for the code', async () => {
  const context = await contextOfApp();
  const { token } = await withCode(context, await begin(context));
  expect((await userOfSession(context, token))?.name).toBe('Mia Mock');
});

test('an unknown ticket is refused', async () => {
  const context = await testContext();
  const { appVerifier } = await ticketed(context);
  await expect(withTicket(context, { appVerifier, ticket: 'unknown' })).rejects.toMatchObject(mismatch);
});

test('a ticket is refused a minute after it was issued', async () => {
  const context = await testContext();
  const given = await ticketed(context);
  context.clock.advance(minute);
  await expect(withTicket(context, given)).rejects.toMatchObject(mismatch);
});

test('a ticket is valid for the whole minute', async () => {
  const context = await testContext();
  const given = await ticketed(context);
  context.clock.advance(minute - second);
  await withTicket(context, given);
});

test('a ticket is refused the second time', async () => {
  const context = await testContext();
  const given = await ticketed(context);
  await withTicket(context, given);
  await expect(withTicket(context, given)).rejects.toMatchObject(mismatch);
  expect(await countOf(context, 'sessions')).toBe(1);
});

test('one of ten concurrent requests with a ticket gets a session', async () => {
  const context = await testContext();
  const given = await ticketed(context);
  const all = await Promise.allSettled(Array.from({ length: 10 }, () => withTicket(context, given)));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await countOf(context, 'sessions')).toBe(1);
});

test('a ticket is refused with the verifier of another sign-in, and remains valid for its own', async () => {
  const context = await testContext();
  const given = await ticketed(context);
  const { appVerifier } = await begin(context);
  await expect(withTicket(context, { ...given, appVerifier })).rejects.toMatchObject(mismatch);
  await withTicket(context, given);
});

test('the challenge is not accepted as the verifier', async () => {
  const context = await testContext();
  const given = await ticketed(context);
  const appVerifier = createHash('sha256').update(given.appVerifier).digest('base64url');
  await expect(withTicket(context, { ...given, appVerifier })).rejects.toMatchObject(mismatch);
});

test('a code with another verifier is refused before BankID is called, and remains valid for its own', async () => {
  const context = await contextOfApp();
  const ask = vi.spyOn(context.services.bankId, 'completeSignIn');
  const given = await begin(context);
  const { appVerifier } = await begin(context);
  await expect(withCode(context, { ...given, appVerifier })).rejects.toMatchObject(mismatch);
  expect(ask).not.toHaveBeenCalled();
  await withCode(context, given);
});

test('a code is refused the second time, and BankID is not called again', async () => {
  const context = await contextOfApp();
  const ask = vi.spyOn(context.services.bankId, 'completeSignIn');
  const given = await begin(context);
  await withCode(context, given);
  await expect(withCode(context, given)).rejects.toMatchObject(mismatch);
  expect(ask).toHaveBeenCalledOnce();
});

test('a code is refused ten minutes after its sign-in began', async () => {
  const context = await contextOfApp();
  const given = await begin(context);
  context.clock.advance(10 * minute);
  await expect(withCode(context, given)).rejects.toMatchObject(mismatch);
});

test('a return to the server is refused ten minutes after its sign-in began', async () => {
  const context = await testContext();
  const { parameters } = await begin(context);
  context.clock.advance(10 * minute);
  await expect(returnToApp(context, parameters)).rejects.toMatchObject(mismatch);
});

test('a repeated return to the server creates no second ticket', async () => {
  const context = await testContext();
  const { parameters } = await begin(context);
  await returnToApp(context, parameters);
  await expect(returnToApp(context, parameters)).rejects.toMatchObject(mismatch);
  expect(await countOf(context, 'sign_in_tickets')).toBe(1);
});

test.each([
  ['an unknown state', 'state=unknown&code=x'],
  ['no state', 'code=x'],
  ['two states', 'state=a&state=b&code=x'],
])('%s is refused on both routes', async (_case, query) => {
  const context = await testContext();
  const parameters = new URLSearchParams(query);
  const { appVerifier } = await begin(context);
  await expect(returnToApp(context, parameters)).rejects.toMatchObject(mismatch);
  await expect(withCode(context, { appVerifier, parameters })).rejects.toMatchObject(mismatch);
});

test('the state of a browser is refused on both routes of the app, and the browser still signs in', async () => {
  const context = await testContext();
  const url = await startSignIn(context, { browserToken: 'browser-1', returnTo: '/', locale: 'nb' });
  const parameters = new URL(url).searchParams;
  const { appVerifier } = await begin(context);
  await expect(returnToApp(context, parameters)).rejects.toMatchObject(mismatch);
  await expect(withCode(context, { appVerifier, parameters })).rejects.toMatchObject(mismatch);
  await completeSignIn(context, {
    parameters,
    browserToken: 'browser-1',
    userAgent: undefined,
    locale: 'nb',
  });
});

test('the state of an app is refused in a browser', async () => {
  const context = await testContext();
  const { parameters, appVerifier } = await begin(context);
  for (const browserToken of ['browser-1', appVerifier, '', undefined]) {
    const callback = { parameters, browserToken, userAgent: undefined, locale: 'nb' as const };
    await expect(completeSignIn(context, callback)).rejects.toMatchObject(mismatch);
  }
});

test('a code for the server is refused from an app', async () => {
  const context = await testContext();
  await expect(withCode(context, await begin(context))).rejects.toMatchObject(mismatch);
});

test('a code for the app is refused at the server', async () => {
  const context = await contextOfApp();
  const { parameters } = await begin(context);
  await expect(returnToApp(context, parameters)).rejects.toMatchObject(mismatch);
});

test('a person under 18 gets neither a ticket nor a session', async () => {
  const context = await testContext();
  answerWith(context, minor);
  const { parameters } = await begin(context);
  expect(await returnToApp(context, parameters)).toEqual({
    state: parameters.get('state'),
    error: expect.objectContaining({ code: 'sign_in_under_age' }) as unknown,
  });
  context.bankIdCallbackUrlMobile = 'drop://auth/callback';
  const given = await begin(context);
  await expect(withCode(context, given)).rejects.toMatchObject({ code: 'sign_in_under_age', status: 403 });
  expect(await countOf(context, 'sign_in_tickets')).toBe(0);
  expect(await countOf(context, 'sessions')).toBe(0);
});

test.each([
  ['sign_in_unavailable', 503],
  ['sign_in_token_invalid', 401],
  ['sign_in_code_exchange_failed', 500],
] as const)('what BankID fails with is told on both ways: %s', async (code, status) => {
  const context = await testContext();
  failWith(context, code);
  const { parameters } = await begin(context);
  expect(await returnToApp(context, parameters)).toMatchObject({ error: { code } });
  context.bankIdCallbackUrlMobile = 'drop://auth/callback';
  await expect(withCode(context, await begin(context))).rejects.toMatchObject({ code, status });
  expect(await countOf(context, 'sessions')).toBe(0);
});

test('a sign-in does not start while BankID is down', async () => {
  const context = await testContext();
  context.services.bankId = {
    ...context.services.bankId,
    startSignIn: () => Promise.reject(new DropError('sign_in_unavailable')),
  };
  await expect(begin(context)).rejects.toMatchObject({ code: 'sign_in_unavailable', status: 503 });
});

test('a cancellation is passed on to the app', async () => {
  const context = await testContext();
  const { parameters } = await begin(context);
  const state = parameters.get('state') ?? '';
  const cancelled = new URLSearchParams({ state, error: 'access_denied' });
  expect(await returnToApp(context, cancelled)).toMatchObject({
    state,
    error: { code: 'sign_in_cancelled' },
  });
});

test('a return without a code is a failure for the app, without a ticket', async () => {
  const context = await testContext();
  const { parameters } = await begin(context);
  const state = parameters.get('state') ?? '';
  expect(await returnToApp(context, new URLSearchParams({ state }))).toMatchObject({ error: mismatch });
});

test('an app session may be idle for 30 days, not longer', async () => {
  const context = await testContext();
  const { token } = await withTicket(context, await ticketed(context));
  context.clock.advance(30 * day - second);
  expect(await userOfSession(context, token)).toBeDefined();
  context.clock.advance(30 * day);
  expect(await userOfSession(context, token)).toBeUndefined();
});

test('an app that is used every day is signed in for 90 days, not longer', async () => {
  const context = await testContext();
  const { token } = await withTicket(context, await ticketed(context));
  for (let days = 1; days <= 90; days += 1) {
    context.clock.advance(day);
    expect((await userOfSession(context, token)) !== undefined).toBe(days < 90);
  }
});

test('an app that signs out has no session', async () => {
  const context = await testContext();
  const { token } = await withTicket(context, await ticketed(context));
  await signOut(context, token);
  expect(await userOfSession(context, token)).toBeUndefined();
});

test('expired tickets are deleted', async () => {
  const context = await testContext();
  await ticketed(context);
  await purgeOldTickets(context.store.database, context.clock.now());
  expect(await countOf(context, 'sign_in_tickets')).toBe(1);
  context.clock.advance(minute + second);
  await purgeOldTickets(context.store.database, context.clock.now());
  expect(await countOf(context, 'sign_in_tickets')).toBe(0);
});

test('neither ticket, verifier, state nor token is stored in plain text or logged', async () => {
  const context = await testContext();
  const { appVerifier, parameters } = await begin(context);
  const returned = await returnToApp(context, parameters);
  const ticket = 'ticket' in returned ? returned.ticket : '';
  const { token } = await withTicket(context, { appVerifier, ticket });
  const { rows } = await context.store.pool.query<{ dump: string }>(
    `select (select json_agg(s) from sessions s)::text || (select json_agg(k) from sign_in_tickets k)::text
       || (select json_agg(t) from sign_in_transactions t)::text as dump`,
  );
  const written = `${rows[0]?.dump} ${JSON.stringify(context.logged)}`;
  expect(written).toContain('"kind":"app"');
  for (const secret of [ticket, appVerifier, parameters.get('state') ?? '', token]) {
    expect(secret.length).toBeGreaterThan(42);
    expect(written).not.toContain(secret);
    expect(written).not.toContain(Buffer.from(secret).toString('hex'));
  }
});

test('a ticket that many requests find valid at the same moment is consumed by one', async () => {
  const context = await testContext();
  const { ticket } = await ticketed(context);
  const { database } = context.store;
  const at = context.clock.now();
  const taken = await Promise.all(Array.from({ length: 10 }, () => takeTicket(database, ticket, at)));
  expect(taken.filter((userId) => userId !== undefined)).toHaveLength(1);
});

test('a ticket that expires between the check and its use is refused', async () => {
  const context = await testContext();
  const { ticket } = await ticketed(context);
  const late = new Date(context.clock.now().getTime() + minute);
  expect(await takeTicket(context.store.database, ticket, late)).toBeUndefined();
});

test('one of ten concurrent identical returns creates a ticket, and BankID is called once', async () => {
  const context = await testContext();
  const ask = vi.spyOn(context.services.bankId, 'completeSignIn');
  const { parameters } = await begin(context);
  const all = await Promise.allSettled(Array.from({ length: 10 }, () => returnToApp(context, parameters)));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await countOf(context, 'sign_in_tickets')).toBe(1);
  expect(ask).toHaveBeenCalledOnce();
});

test('one of ten concurrent requests with the same code gets a session, and BankID is called once', async () => {
  const context = await contextOfApp();
  const ask = vi.spyOn(context.services.bankId, 'completeSignIn');
  const given = await begin(context);
  const all = await Promise.allSettled(Array.from({ length: 10 }, () => withCode(context, given)));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(ask).toHaveBeenCalledOnce();
});

test('a sign-in of the app that expires between the check and its use is refused', async () => {
  const context = await testContext();
  const { parameters } = await begin(context);
  const state = parameters.get('state') ?? '';
  const late = new Date(context.clock.now().getTime() + 10 * minute);
  expect(await takeAppSignIn(context.store.database, state, late)).toBeUndefined();
});

test('a sign-in of the app that many requests find at the same moment is consumed by one', async () => {
  const context = await testContext();
  const { parameters } = await begin(context);
  const { database } = context.store;
  const state = parameters.get('state') ?? '';
  const at = context.clock.now();
  const taken = await Promise.all(Array.from({ length: 10 }, () => takeAppSignIn(database, state, at)));
  expect(taken.filter((kept) => kept !== undefined)).toHaveLength(1);
});
