import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EnableBankingWorld } from './world.ts';

let world: EnableBankingWorld;
beforeEach(async () => {
  world = await EnableBankingWorld.start();
});
afterEach(() => world.close());

describe('the banks’ pages', () => {
  test('speak Norwegian or English, and say whose they are', async () => {
    const norwegian: string[] = [];
    const english: string[] = [];
    await world.grant('Nordea', 'nb', norwegian);
    await world.grant('Nordea', 'en', english);
    expect(norwegian.join('')).toContain('Hvem er du?');
    expect(english.join('')).toContain('Who are you?');
    expect(english.join('')).toContain('Has money in the account.');
    expect(english.join('')).not.toMatch(/lang="nb"|SANDKASSE|penger/);
    for (const page of [...norwegian, ...english]) {
      expect(page).toContain('Nordea (test)');
      expect(page).not.toContain('<script');
    }
  });

  test('share only the accounts that were chosen', async () => {
    const { body } = await world.call('POST', '/auth', { json: world.authorization() });
    const start = await request(String(body['url']));
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const customerUrl = `${world.stack.origin}${String(start.headers['location'])}`;
    const customer = new URLSearchParams({ customer: 'Kari Prøve' }).toString();
    await request(customerUrl, { method: 'POST', headers: form, body: customer });
    const choose = async (fields: Record<string, string>) =>
      request(`${customerUrl}/accounts`, {
        method: 'POST',
        headers: form,
        body: new URLSearchParams({ decision: 'approve', ...fields }).toString(),
      });
    const none = await choose({});
    expect(none.statusCode).toBe(422);
    expect(await none.body.text()).toContain('role="alert"');
    const one = await choose({ account: '86011117947' });
    const code = new URL(String(one.headers['location'])).searchParams.get('code');
    const session = await world.call('POST', '/sessions', { json: { code } });
    expect(session.body['accounts']).toMatchObject([{ details: 'Kredittkonto' }]);
  });
});
