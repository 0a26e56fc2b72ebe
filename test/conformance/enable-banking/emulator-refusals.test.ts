import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import { createTokenSource } from '#services/open-banking/enable-banking/token.ts';
import { dayMs, EnableBankingWorld } from './world.ts';

const never = { cancel: () => undefined };

let world: EnableBankingWorld;
beforeEach(async () => {
  world = await EnableBankingWorld.start();
});
afterEach(() => world.close());

describe('the emulator refuses', () => {
  test('a consent for longer than the bank grants', async () => {
    const valid_until = new Date(world.stack.clock.now().getTime() + 181 * dayMs).toISOString();
    const { status, body } = await world.call('POST', '/auth', {
      json: world.authorization({ access: { valid_until } }),
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 422, error: 'WRONG_REQUEST_PARAMETERS' });
  });

  test('a redirect address that is not registered', async () => {
    const json = world.authorization({ redirect_url: 'https://elsewhere.example/' });
    expect((await world.call('POST', '/auth', { json })).body).toMatchObject({
      error: 'REDIRECT_URI_NOT_ALLOWED',
    });
  });

  test('a bank that it does not have', async () => {
    const json = world.authorization({ aspsp: { name: 'Ingen Bank', country: 'NO' } });
    expect((await world.call('POST', '/auth', { json })).body).toMatchObject({
      error: 'WRONG_ASPSP_PROVIDED',
    });
  });

  test('some of the PSU headers that the bank requires', async () => {
    const [account] = (await world.grant('Nordea')).accounts;
    const uid = account?.reference.split('@')[0] ?? '';
    const headers = { 'psu-ip-address': '192.0.2.7' };
    const { status, body } = await world.call('GET', `/accounts/${uid}/balances`, { headers });
    expect([status, body['error']]).toEqual([422, 'PSU_HEADER_NOT_PROVIDED']);
  });

  test('an address of the customer that is none', async () => {
    const [account] = (await world.grant('DNB')).accounts;
    const uid = account?.reference.split('@')[0] ?? '';
    const headers = { 'psu-ip-address': 'unknown' };
    const { body } = await world.call('GET', `/accounts/${uid}/balances`, { headers });
    expect(body).toMatchObject({ error: 'PSU_HEADER_INVALID' });
  });

  test('a call without a token', async () => {
    const response = await request(`${world.stack.origin}/aspsps?country=NO`);
    expect(response.statusCode).toBe(401);
    expect(await response.body.json()).toMatchObject({ error: 'AUTHORIZATION_NOT_PROVIDED' });
  });

  test('a token that has expired', async () => {
    const headers = { authorization: '' };
    const old = createTokenSource({
      clock: {
        ...systemClock,
        now: () => new Date(world.stack.clock.now().getTime() - 2 * 3_600_000),
        schedule: () => never,
      },
      applicationId: world.stack.environment['OPENBANKING_CLIENT_ID'] ?? '',
      privateKey: new Secret(world.stack.environment['OPENBANKING_CLIENT_SECRET'] ?? ''),
    });
    headers.authorization = `Bearer ${await old()}`;
    expect(await world.call('GET', '/aspsps', { headers })).toMatchObject({
      status: 401,
      body: { error: 'UNAUTHORIZED_ACCESS' },
    });
  });

  test('to forget a payment that has not ended', async () => {
    const reference = await world.pay('DNB');
    expect((await world.call('DELETE', `/payments/${reference}`)).body).toMatchObject({
      error: 'PAYMENT_NOT_FINALIZED',
    });
  });

  test('a consent page that was answered', async () => {
    const { body } = await world.call('POST', '/auth', { json: world.authorization() });
    await world.stack.visit(String(body['url']), 'cancel');
    expect((await request(String(body['url']))).statusCode).toBe(410);
  });
});
