import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { meSchema } from '#http/contract/session.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { testContext, type TestContext } from '../support/context.ts';

/** Sessions can be read and not deleted, as in a database that has become read-only. */
async function keepSessions({ store: { database } }: TestContext): Promise<void> {
  const body = `begin raise 'cannot execute DELETE in a read-only transaction' using errcode = '25006'; end`;
  await sql`create function refuse() returns trigger language plpgsql as ${sql.lit(body)}`.execute(database);
  await sql`create trigger kept before delete on sessions execute function refuse()`.execute(database);
}

for (const path of ['/api/auth/logout', '/api/auth/logout-everywhere']) {
  test(`a sign-out by ${path} that cannot delete the session answers 500 and leaves the cookie`, async () => {
    const context = await testContext();
    const { headers } = await signedIn(context);
    const app = testApp(context);
    await keepSessions(context);

    const answer = await app.request(path, { method: 'POST', headers });
    expect(answer.status).toBe(500);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect((await app.request('/api/me', { headers })).status).toBe(200);
  });

  test(`a sign-out by ${path} ends the session and clears the cookie`, async () => {
    const context = await testContext();
    const { headers } = await signedIn(context);
    const app = testApp(context);

    const answer = await app.request(path, { method: 'POST', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/^drop-session=;/);
    expect((await app.request('/api/me', { headers })).status).toBe(401);
  });
}

test('the customer is told how long the session lasts, and using it does not make that longer', async () => {
  const context = await testContext();
  const { headers } = await signedIn(context);
  const app = testApp(context);
  const left = async (): Promise<number> => {
    const answer = await app.request('/api/me', { headers });
    return meSchema.parse(await answer.json()).sessionEndsInSeconds ?? NaN;
  };

  const first = await left();
  context.clock.advance(10 * 60_000);
  expect(await left()).toBe(first - 600);
});

test.each([
  ['POST', '/api/auth/logout'],
  ['POST', '/api/auth/logout-everywhere'],
  ['DELETE', '/api/devices/:own'],
])('%s %s by a bearer token takes no cookie of a browser away', async (method, path) => {
  const context = await testContext();
  const { sessionId, headers } = await signedIn(context);
  const app = testApp(context);
  const authorization = `Bearer ${headers.cookie.split('=')[1] ?? ''}`;

  const answer = await app.request(path.replace(':own', sessionId), {
    method,
    headers: { authorization, cookie: 'drop-session=of-another; drop-identity=of-another' },
  });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('set-cookie')).toBeNull();
});
