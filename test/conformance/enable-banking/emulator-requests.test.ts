import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documented, psuHeaders } from './documented.ts';
import { EnableBankingWorld } from './world.ts';

let world: EnableBankingWorld;
beforeEach(async () => {
  world = await EnableBankingWorld.start();
});
afterEach(() => world.close());

type Json = Record<string, unknown>;
const begin = async (change: Json) => world.call('POST', '/auth', { json: world.authorization(change) });

async function uidAt(bankId: string): Promise<string> {
  const [account] = (await world.grant(bankId)).accounts;
  return account?.reference.split('@')[0] ?? '';
}

describe('the way of authentication:', () => {
  test('credentials without the method that they belong to are refused', async () => {
    const { status, body } = await begin({ credentials: { userId: 'kari' } });
    expect([status, body['error']]).toEqual([422, 'WRONG_REQUEST_PARAMETERS']);
    expect(body['detail']).toContain('auth_method');
  });

  test('a method that the bank does not have is refused', async () => {
    const { status, body } = await begin({ auth_method: 'decoupled' });
    expect([status, body['error']]).toEqual([422, 'WRONG_REQUEST_PARAMETERS']);
    expect(body['detail']).toContain('decoupled');
  });

  test('credentials that the method does not take are refused', async () => {
    const { status, body } = await begin({ auth_method: 'redirect', credentials: { userId: 'kari' } });
    expect([status, body['error']]).toEqual([422, 'WRONG_CREDENTIALS_PROVIDED']);
  });

  test('the method in the list of banks is accepted', async () => {
    expect((await begin({ auth_method: 'redirect', credentials: {} })).status).toBe(200);
  });
});

describe('the accounts that a consent is asked for:', () => {
  const access = (accounts: unknown): Json => ({
    access: { accounts, valid_until: new Date(world.stack.clock.now().getTime() + 3_600_000).toISOString() },
  });

  test('the customer shares no other', async () => {
    const accounts = [{ other: { identification: '86011117947', scheme_name: 'BBAN' } }];
    const { body } = await begin(access(accounts));
    const parameters = await world.stack.visit(String(body['url']), 'approve');
    const session = await world.call('POST', '/sessions', { json: { code: parameters.get('code') } });
    expect(session.body).toMatchObject({ access: { accounts }, accounts: [{ details: 'Kredittkonto' }] });
    expect(documented('AuthorizeSessionResponse').safeParse(session.body)).toMatchObject({ success: true });
  });

  test('one without any identification is refused', async () => {
    const { status, body } = await begin(access([{ iban: null }]));
    expect([status, body['error']]).toEqual([422, 'INVALID_ACCOUNT_ID']);
  });
});

describe('a header about the customer', () => {
  test.each([
    ['Psu-Geo-Location', '59.913, 10.752'],
    ['Psu-Geo-Location', 'Oslo'],
    ['Psu-Geo-Location', '59,10'],
    ['Psu-Geo-Location', '159.913,10.752'],
    ['Psu-Ip-Address', '192.0.2.256'],
    ...Object.keys(psuHeaders).map((name) => [name, '']),
  ])('%s: %s is refused', async (name = '', value = '') => {
    const headers = { 'psu-ip-address': '192.0.2.7', [name.toLowerCase()]: value };
    const { status, body } = await world.call('GET', `/accounts/${await uidAt('DNB')}/details`, { headers });
    expect([status, body['error']]).toEqual([422, 'PSU_HEADER_INVALID']);
    expect(String(body['detail']).toLowerCase()).toContain(name.toLowerCase());
  });

  test('that is documented and has its form is accepted', async () => {
    const headers = Object.fromEntries(Object.keys(psuHeaders).map((name) => [name.toLowerCase(), 'text']));
    const sent = { ...headers, 'psu-ip-address': '2001:db8::7', 'psu-geo-location': '-1.2345,6.789' };
    const path = `/accounts/${await uidAt('Nordea')}/details`;
    expect((await world.call('GET', path, { headers: sent })).status).toBe(200);
  });

  test('that is not documented does not say that the customer is there', async () => {
    const path = `/accounts/${await uidAt('Sbanken (DNB)')}/balances`;
    const read = async () => (await world.call('GET', path, { headers: { 'psu-mood': 'good' } })).status;
    expect([await read(), await read(), await read(), await read(), await read()]).toEqual([
      ...[200, 200, 200, 200, 429],
    ]);
  });

  test('is judged at the end of a session, too', async () => {
    const { reference } = await world.grant('DNB');
    const headers = { 'psu-geo-location': 'Oslo' };
    const { body } = await world.call('DELETE', `/sessions/${reference}`, { headers });
    expect(body['error']).toBe('PSU_HEADER_INVALID');
  });
});

describe('outside of the documented routes', () => {
  test.each(['/', '/accounts', '/v2/aspsps', '/accounts/1/holders'])('%s is not found', async (path) => {
    const { status, body } = await world.call('GET', path);
    expect(documented('ErrorResponse').safeParse(body)).toMatchObject({ success: true });
    expect({ status, ...body }).toEqual({
      status: 404,
      code: 404,
      message: 'Not Found',
      detail: `GET ${path}`,
    });
  });

  test.each([
    ['GET', '/auth', 'POST'],
    ['PUT', '/payments', 'POST'],
    ['POST', '/sessions/1', 'GET, HEAD, DELETE'],
    ['DELETE', '/aspsps', 'GET, HEAD'],
  ] as const)('%s %s is no method of this path', async (method, path, allow) => {
    const { status, body } = await world.call(method, path);
    expect(documented('ErrorResponse').safeParse(body)).toMatchObject({ success: true });
    expect([status, body['code'], body['message']]).toEqual([405, 405, 'Method Not Allowed']);
    const { headers } = await request(`${world.stack.origin}${path}`, { method });
    expect(headers['allow']).toBe(allow);
  });

  test('OPTIONS says which methods a path has', async () => {
    const response = await request(`${world.stack.origin}/auth`, { method: 'OPTIONS' });
    expect([response.statusCode, response.headers['allow']]).toEqual([405, 'POST']);
    expect(await response.body.json()).toMatchObject({ message: 'Method Not Allowed', code: 405 });
  });

  test('HEAD has the status of GET and no body', async () => {
    const response = await request(`${world.stack.origin}/aspsps`, { method: 'HEAD' });
    expect([response.statusCode, await response.body.text()]).toEqual([401, '']);
  });
});
