import { expect, test } from 'vitest';
import { customerActions, customerReadings } from '#http/customer-actions.ts';
import { pairOf, startMockDrop } from './mock-drop.ts';

type Paths = Record<string, Record<string, unknown>>;

test('every route that changes state refuses a request that another website made the browser send', async () => {
  const drop = await startMockDrop();
  const cookie = pairOf((await drop.signIn()).cookies[0] ?? '');
  const { paths } = JSON.parse((await drop.get('/api/openapi.json')).body) as { paths: Paths };
  const changing = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => !['get', 'head', 'options', 'parameters'].includes(method))
      .map((method) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, 'x') })),
  );
  expect(changing.length).toBeGreaterThan(7);
  const refused = { status: 403, body: expect.stringContaining('"code":"forbidden_origin"') as unknown };
  for (const { method, path } of changing) {
    for (const from of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const answer = await drop.send(method, path, { cookie, ...from });
      expect({ method, path, ...answer }).toMatchObject({ method, path, ...refused });
    }
  }
  expect((await drop.get('/api/me', { cookie })).status).toBe(200);
});

test('a form on another website or a neighbouring host cannot sign the customer out', async () => {
  const drop = await startMockDrop({ BASE_URL: 'https://getdrop.example' });
  const cookie = pairOf((await drop.signIn()).cookies[0] ?? '');
  for (const origin of [
    'https://evil.example',
    'https://a.getdrop.example',
    'http://getdrop.example',
    'null',
  ]) {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const path of ['/api/auth/logout', '/api/auth/logout-everywhere'])
      expect((await drop.send('POST', path, { cookie, origin, ...type })).status).toBe(403);
  }
  const own = { cookie, origin: 'https://getdrop.example', 'sec-fetch-site': 'same-origin' };
  expect((await drop.get('/api/me', { cookie })).status).toBe(200);
  expect((await drop.send('POST', '/api/auth/logout', own)).status).toBe(204);
  expect((await drop.get('/api/me', { cookie })).status).toBe(401);
});

test('no answer can be read by another website', async () => {
  const drop = await startMockDrop();
  const cookie = pairOf((await drop.signIn()).cookies[0] ?? '');
  const { status, headers } = await drop.get('/api/app', { cookie, origin: 'https://evil.example' });
  expect(status).toBe(200);
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
});

test('every GET with a limit refuses a request that another website made the browser send', async () => {
  const drop = await startMockDrop();
  const cookie = pairOf((await drop.signIn()).cookies[0] ?? '');
  const limited = [
    ...customerActions.filter(({ method, isReachedByRedirect }) => method === 'GET' && !isReachedByRedirect),
    ...customerReadings.map((path) => ({ path })),
  ];
  expect(limited.length).toBeGreaterThan(7);
  for (const { path } of limited) {
    for (const site of ['cross-site', 'same-site', 'none']) {
      const answer = await drop.send('GET', path.replaceAll(/:\w+/g, 'x'), {
        cookie,
        'sec-fetch-site': site,
      });
      expect({ path, site, ...answer }).toMatchObject({
        status: 403,
        body: expect.stringContaining('"code":"forbidden_origin"') as unknown,
      });
    }
  }
});

test('GET /api/kyc/initiate is answered for Drop’s own page, and for a client that is no browser', async () => {
  const drop = await startMockDrop();
  const cookie = pairOf((await drop.signIn()).cookies[0] ?? '');
  for (const from of [{ 'sec-fetch-site': 'same-origin' }, {}]) {
    const { status, body } = await drop.send('GET', '/api/kyc/initiate', { cookie, ...from });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: expect.stringContaining('token') as unknown,
    });
  }
});

test('GET /api/kyc/initiate accepts the app’s bearer token from wherever it comes', async () => {
  const drop = await startMockDrop();
  const token = pairOf((await drop.signIn()).cookies[0] ?? '').split('=')[1] ?? '';
  const headers = { authorization: `Bearer ${token}`, 'sec-fetch-site': 'cross-site' };
  expect((await drop.send('GET', '/api/kyc/initiate', headers)).status).toBe(200);
});

test('the returns from BankID and from a bank are accepted from their pages', async () => {
  const drop = await startMockDrop();
  const cookie = pairOf((await drop.signIn()).cookies[0] ?? '');
  const headers = { cookie, 'sec-fetch-site': 'cross-site', accept: 'application/json' };
  for (const path of ['/api/auth/bankid/callback', '/api/openbanking/callback'])
    expect((await drop.send('GET', `${path}?state=unknown`, headers)).status).not.toBe(403);
});

test('a picture, a frame or a prefetch of another website starts no sign-in, and counts as none', async () => {
  const limits = { TRUSTED_PROXY_HOPS: '1', SIGN_IN_STARTS_PER_MINUTE: '1' };
  const drop = await startMockDrop(limits);
  const from = { 'x-forwarded-for': '203.0.113.7', 'sec-fetch-site': 'cross-site' };
  const ways = [
    { 'sec-fetch-dest': 'image' },
    { 'sec-fetch-dest': 'iframe' },
    { 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch;prerender' },
  ];
  for (const way of ways) {
    const refused = await drop.get('/api/auth/bankid', { ...from, ...way });
    expect({ ...way, ...refused }).toMatchObject({ ...way, status: 403, cookies: [] });
  }
  const sent = { ...from, 'sec-fetch-dest': 'document' };
  expect((await drop.get('/api/auth/bankid', sent)).status).toBe(302);
});
