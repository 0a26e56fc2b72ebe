import { expect, test } from 'vitest';
import { customerActions } from '#http/customer-actions.ts';
import { testContext } from '../support/context.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { lastToken } from '../usecases/email-address/stand.ts';

const path = '/api/email-address';

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

async function stand() {
  const context = await testContext();
  const app = testApp(context);
  const { user, headers } = await signedIn(context);
  const ask = async (
    method: string,
    to: string,
    body?: object,
    more: Record<string, string> = headers,
  ): Promise<Answer> => {
    const response = await app.request(to, {
      method,
      headers: { 'content-type': 'application/json', ...more },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Answer['body'],
    };
  };
  return { context, user, ask, token: () => lastToken(context, user.id) };
}

test('an address is entered, verified and removed', async () => {
  const { ask, token } = await stand();
  expect((await ask('GET', path)).body).toEqual({
    address: null,
    pendingAddress: null,
    status: 'none',
    isSuppressed: false,
    isPendingSuppressed: false,
    linkExpiresAt: null,
    shouldAsk: true,
  });
  expect((await ask('PUT', path, { address: 'kari@example.no' })).body).toMatchObject({
    status: 'unverified',
    pendingAddress: 'kari@example.no',
    linkExpiresAt: expect.any(String),
  });
  expect((await ask('POST', `${path}/resend`)).status).toBe(200);
  const verified = await ask('POST', `${path}/verification`, { token: await token() });
  expect(verified.body).toMatchObject({ status: 'verified', address: 'kari@example.no' });
  expect((await ask('DELETE', path)).body).toMatchObject({ status: 'none', shouldAsk: false });
});

test('a customer who declines is not asked again', async () => {
  const { ask } = await stand();
  expect((await ask('POST', `${path}/decline`)).body).toMatchObject({ shouldAsk: false });
  expect((await ask('GET', path)).body).toMatchObject({ status: 'none', shouldAsk: false });
});

test('an address that cannot be used is refused in the customer’s language', async () => {
  const { ask } = await stand();
  const answer = await ask('PUT', path, { address: 'kåre@example.no' });
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({
    code: 'email_address_invalid',
    fields: [{ field: 'address', message: expect.stringContaining('æ, ø, å') }],
  });
});

test('a link that is unknown, used or too old has a code of its own', async () => {
  const { context, ask, token } = await stand();
  const verify = async (link: string) => {
    const { status, body } = await ask('POST', `${path}/verification`, { token: link });
    return [status, body['code']];
  };
  expect(await verify('made-up')).toEqual([404, 'email_link_unknown']);
  await ask('PUT', path, { address: 'kari@example.no' });
  const link = await token();
  await ask('POST', `${path}/verification`, { token: link });
  expect(await verify(link)).toEqual([409, 'email_link_used']);
  await ask('PUT', path, { address: 'kari@example.com' });
  const late = await token();
  await context.store.database
    .updateTable('email_addresses')
    .set({ token_expires_at: context.clock.now() })
    .where('status', '=', 'unverified')
    .execute();
  expect(await verify(late)).toEqual([409, 'email_link_expired']);
});

test('another customer learns nothing of a link, whatever its state', async () => {
  const { context, ask, token } = await stand();
  const { headers } = await signedIn(context);
  const asStranger = async (link: string) =>
    (await ask('POST', `${path}/verification`, { token: link }, headers)).body['code'];
  await ask('PUT', path, { address: 'kari@example.no' });
  const link = await token();
  expect(await asStranger(link)).toBe('email_link_unknown');
  await ask('POST', `${path}/verification`, { token: link });
  expect(await asStranger(link)).toBe('email_link_unknown');
});

test('nothing is read or changed without a session', async () => {
  const { ask, token } = await stand();
  await ask('PUT', path, { address: 'kari@example.no' });
  const link = await token();
  for (const [method, to, body] of [
    ['GET', path],
    ['PUT', path, { address: 'ola@example.no' }],
    ['DELETE', path],
    ['POST', `${path}/resend`],
    ['POST', `${path}/decline`],
    ['POST', `${path}/verification`, { token: link }],
    ['GET', '/api/settings'],
    ['PUT', '/api/settings', { locale: 'en' }],
  ] as const) {
    const answer = await ask(method, to, body, {});
    expect([method, to, answer.status]).toEqual([method, to, 401]);
  }
  expect((await ask('GET', path)).body).toMatchObject({ pendingAddress: 'kari@example.no' });
});

test('the link itself is only a page: to load it verifies nothing', async () => {
  const { context, ask } = await stand();
  await ask('PUT', path, { address: 'kari@example.no' });
  const { headers } = await signedIn(context);
  await testApp(context).request('/confirm-email', { headers: { ...headers, accept: 'text/html' } });
  expect((await ask('GET', path)).body).toMatchObject({ status: 'unverified' });
});

test('too many links are refused with the time to wait', async () => {
  const { context, ask } = await stand();
  context.clock.advance(3_600_000 - (context.clock.now().getTime() % 3_600_000) - 90_000);
  const { headers } = await signedIn(context);
  for (let mail = 0; mail < 5; mail += 1)
    await ask('PUT', path, { address: `kari${mail}@example.no` }, headers);
  const answer = await ask('POST', `${path}/resend`, undefined, headers);
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('90');
});

test('neither address nor token is logged', async () => {
  const { context, ask, token } = await stand();
  await ask('PUT', path, { address: 'kåre-hemmelig@example.no' });
  await ask('PUT', path, { address: 'hemmelig@example.no' });
  const link = await token();
  await ask('POST', `${path}/verification`, { token: link });
  await ask('POST', `${path}/verification`, { token: link });
  const logged = JSON.stringify(context.logged);
  expect(context.logged.length).toBeGreaterThan(0);
  expect(logged).not.toContain('hemmelig');
  expect(logged).not.toContain(link);
});

test('every change is limited for each customer', () => {
  const limited = customerActions.map(({ method, path: of }) => `${method} ${of}`);
  for (const change of [
    `PUT ${path}`,
    `DELETE ${path}`,
    `POST ${path}/resend`,
    `POST ${path}/decline`,
    `POST ${path}/verification`,
    'PUT /api/settings',
  ])
    expect(limited).toContain(change);
});

test('a customer gets every optional mail in bokmål until they choose otherwise', async () => {
  const { ask } = await stand();
  expect((await ask('GET', '/api/settings')).body).toEqual({
    locale: 'nb',
    optionalMails: ['consent', 'verification'],
    paymentLimit: null,
    dayLimit: null,
  });
});

test('a setting that is not given stays as it is', async () => {
  const { ask } = await stand();
  await ask('PUT', '/api/settings', { optionalMails: ['consent'] });
  await ask('PUT', '/api/settings', { locale: 'en' });
  const expected = { locale: 'en', optionalMails: ['consent'], paymentLimit: null, dayLimit: null };
  expect((await ask('PUT', '/api/settings', {})).body).toEqual(expected);
  expect((await ask('GET', '/api/settings')).body).toEqual(expected);
});

test('mails about money and security cannot be chosen', async () => {
  const { ask } = await stand();
  for (const kind of ['money', 'security'])
    expect((await ask('PUT', '/api/settings', { optionalMails: [kind] })).status).toBe(400);
});

test('the settings of one customer are not those of another', async () => {
  const { context, ask } = await stand();
  await ask('PUT', '/api/settings', { locale: 'en', optionalMails: [] });
  const { headers } = await signedIn(context);
  expect((await ask('GET', '/api/settings', undefined, headers)).body).toMatchObject({ locale: 'nb' });
});

test.each([
  ['of nothing', { amount: 0, currency: 'NOK' }],
  ['in another currency', { amount: 100, currency: 'EUR' }],
  ['above what Drop pays', { amount: 100_000_001, currency: 'NOK' }],
])('a limit %s is refused', async (_what, dayLimit) => {
  const { ask } = await stand();
  expect((await ask('PUT', '/api/settings', { dayLimit })).status).toBe(400);
  expect((await ask('GET', '/api/settings')).body).toMatchObject({ dayLimit: null });
});
