import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { startEmbeddedPostgres } from '#store/embedded/postgres.ts';
import { startSandbox, type RunningSandbox } from '../../support/sandbox.ts';
import { MobileApp, type Answer, type Crossed } from './app.ts';

const ways = [
  ['BankID answers Drop', 'ticket', {}],
  ['BankID answers the app', 'code', { BANKID_CALLBACK_URL_MOBILE: 'drop://auth/callback' }],
] as const;

describe.each(ways)('when %s', (_way, credential, environment) => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ environment });
  });
  afterAll(() => sandbox.remove());
  beforeEach(() => sandbox.control('POST', '/reset'));

  function newApp(): MobileApp {
    const app = new MobileApp(sandbox.appOrigin);
    onTestFinished(() => app.close());
    return app;
  }

  /**
   * The request of an app that received these parameters. With a ticket, the app only compares the state and does not
   * send it.
   */
  function claimOf({ ticket, code, state, iss }: Crossed, appVerifier: string): Crossed {
    const given = ticket === undefined ? { code, state, iss } : { ticket };
    return JSON.parse(JSON.stringify({ ...given, appVerifier })) as Crossed;
  }

  async function signedIn(): Promise<{ app: MobileApp; bearer: { authorization: string }; answer: Answer }> {
    const app = newApp();
    const { crossed } = await app.signInAs('kari');
    const answer = await app.redeem(claimOf(crossed, app.verifier));
    return { app, answer, bearer: { authorization: `Bearer ${String(answer.body['token'])}` } };
  }

  async function everythingKept(): Promise<string> {
    const { url } = await startEmbeddedPostgres(sandbox.dataDirectory);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const tables = ['sessions', 'sign_in_transactions', 'sign_in_tickets', 'users'];
    const parts = tables.map((table) => `coalesce((select json_agg(t) from ${table} t)::text, '')`);
    const { rows } = await client
      .query<{ dump: string }>(`select ${parts.join(' || ')} as dump`)
      .finally(() => client.end());
    return rows[0]?.dump ?? '';
  }

  test('the app signs in, reads the customer, and signs out', async () => {
    const { app, answer, bearer } = await signedIn();
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).toSorted()).toEqual(['expiresAt', 'token']);
    expect(await app.get('/api/me', bearer)).toMatchObject({ status: 200, body: { name: 'Kari Testnes' } });
    expect((await app.post('/api/auth/logout', {}, bearer)).status).toBe(204);
    expect(await app.get('/api/me', bearer)).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
  });

  test('only one credential, the state and the issuer pass through the scheme', async () => {
    const { address, crossed } = await newApp().signInAs('kari');
    expect(`${address.protocol}//${address.host}${address.pathname}`).toBe('drop://auth/callback');
    const expected = credential === 'ticket' ? ['state', 'ticket'] : ['code', 'iss', 'state'];
    expect(Object.keys(crossed).toSorted()).toEqual(expected);
  });

  test('an attacker who reads all parameters gains nothing, and the app still signs in', async () => {
    const app = newApp();
    const { crossed } = await app.signInAs('kari');
    const hijacker = newApp();
    await hijacker.begin();
    const { state = '', [credential]: held = '' } = crossed;
    const guesses = [hijacker.verifier, app.challenge, state, held, randomBytes(32).toString('base64url')];
    for (const guess of guesses) {
      const { status, body } = await hijacker.redeem(claimOf(crossed, guess.slice(0, 128)));
      expect(status).toBe(400);
      expect(['sign_in_state_mismatch', 'invalid_request']).toContain(body['code']);
    }
    expect((await hijacker.get('/api/me', { authorization: `Bearer ${held}` })).status).toBe(401);
    expect((await hijacker.get('/api/me', { cookie: `drop-session=${held}` })).status).toBe(401);
    expect((await app.redeem(claimOf(crossed, app.verifier))).status).toBe(200);
  });

  test('an attacker who reads all parameters cannot complete the sign-in on another route', async () => {
    const app = newApp();
    const { crossed } = await app.signInAs('kari');
    const query = new URLSearchParams(crossed).toString();
    const cookies = ['', `drop-sign-in=${randomBytes(32).toString('base64url')}`];
    for (const path of ['/api/auth/bankid/callback', '/api/auth/bankid/mobile/return'])
      for (const cookie of cookies) {
        const answer = await newApp().get(`${path}?${query}`, { cookie });
        expect(answer).toMatchObject({ status: 400, body: { code: 'sign_in_state_mismatch' } });
      }
    expect((await app.redeem(claimOf(crossed, app.verifier))).status).toBe(200);
  });

  test('an attacker cannot sign the app in with the attacker’s own sign-in', async () => {
    const app = newApp();
    await app.begin();
    const { crossed } = await newApp().signInAs('ola');
    const answer = await app.redeem(claimOf(crossed, app.verifier));
    expect(answer).toMatchObject({ status: 400, body: { code: 'sign_in_state_mismatch' } });
  });

  test('a redeemed credential is worthless, even with the verifier', async () => {
    const app = newApp();
    const { crossed } = await app.signInAs('kari');
    expect((await app.redeem(claimOf(crossed, app.verifier))).status).toBe(200);
    const again = await app.redeem(claimOf(crossed, app.verifier));
    expect(again).toMatchObject({ status: 400, body: { code: 'sign_in_state_mismatch' } });
  });

  test('the database contains neither the token nor the credential in plain text', async () => {
    const app = newApp();
    const { crossed } = await app.signInAs('kari');
    const { body } = await app.redeem(claimOf(crossed, app.verifier));
    const kept = await everythingKept();
    expect(kept).toContain('"kind":"app"');
    const { state = '', [credential]: held = '' } = crossed;
    for (const secret of [String(body['token']), held, state, app.verifier]) {
      expect(secret.length).toBeGreaterThan(20);
      expect(kept).not.toContain(secret);
    }
  });

  test('a bearer token takes precedence over the cookie, even if it is invalid', async () => {
    const { app, bearer } = await signedIn();
    const token = bearer.authorization.slice('Bearer '.length);
    const cookie = `drop-session=${token}`;
    expect((await app.get('/api/me', { ...bearer, cookie: 'drop-session=wrong' })).status).toBe(200);
    for (const authorization of ['Bearer wrong', 'Bearer', 'bearer  wrong'])
      expect((await app.get('/api/me', { authorization, cookie })).status).toBe(401);
  });

  test('another website cannot use the cookie by sending its own bearer token', async () => {
    const { app, bearer } = await signedIn();
    const origin = 'https://evil.example';
    const cookie = `drop-session=${bearer.authorization.slice('Bearer '.length)}`;
    const refused = await app.post('/api/auth/logout', {}, { origin, cookie });
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden_origin' } });
    await app.post('/api/auth/logout', {}, { origin, cookie, authorization: 'Bearer wrong' });
    expect((await app.get('/api/me', bearer)).status).toBe(200);
    expect((await app.post('/api/auth/logout', {}, { origin, ...bearer })).status).toBe(204);
  });

  const malformed: [string, object][] = [
    ['neither ticket nor code', {}],
    ['ticket and code together', { ticket: 'x', code: 'x', state: 'x' }],
    ['a code without its state', { code: 'x' }],
    ['a verifier of 42 characters', { ticket: 'x', appVerifier: 'a'.repeat(42) }],
    ['a verifier of 129 characters', { ticket: 'x', appVerifier: 'a'.repeat(129) }],
    ['a verifier with other characters', { ticket: 'x', appVerifier: `${'a'.repeat(50)}=` }],
  ];
  test.each(malformed)('%s is refused', async (_case, given) => {
    const answer = await newApp().redeem({ appVerifier: 'a'.repeat(43), ...given });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  test.each(['a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}=`])(
    'a challenge that S256 cannot have made is refused (%s)',
    async (appChallenge) => {
      const answer = await newApp().post('/api/auth/bankid/mobile', { appChallenge });
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    },
  );

  const outcomes = [
    ['sytten', 'under_age', 403, 'sign_in_under_age'],
    ['uten-nummer', 'failed', 401, 'sign_in_token_invalid'],
    ['nede', 'unavailable', 503, 'sign_in_unavailable'],
  ] as const;
  test.each(outcomes)('%s is not signed in and the app is told: %s', async (person, error, status, code) => {
    const app = newApp();
    const { crossed } = await app.signInAs(person);
    if (credential === 'ticket') {
      expect(crossed).toEqual({ error, state: crossed['state'] });
      return;
    }
    const answer = await app.redeem(claimOf(crossed, app.verifier));
    expect(answer).toMatchObject({ status, body: { code } });
  });

  test('a person who cancels is sent back to the app', async () => {
    const { crossed } = await newApp().signInAs('avbryter');
    const expected = credential === 'ticket' ? 'cancelled' : 'access_denied';
    expect(crossed).toMatchObject({ error: expected, state: expect.stringMatching(/./) as unknown });
    expect(crossed).not.toHaveProperty(credential);
  });
});
