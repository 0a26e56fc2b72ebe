import { afterEach, beforeEach, expect, test } from 'vitest';
import { dropError } from '../open-banking-subjects.ts';
import { NeonomicsWorld } from './world.ts';

const hourMs = 3_600_000;

let world: NeonomicsWorld;
beforeEach(async () => {
  world = await NeonomicsWorld.start();
});
afterEach(() => world.close());

test('many calls at once fetch one token', async () => {
  await Promise.all(['DNB', 'Nordea', 'Handelsbanken', 'SpareBank 1'].map((bank) => world.initiate(bank)));
  expect(world.sends('fetch_token')).toBe(1);
});

test('a token is used until shortly before its end', async () => {
  await world.initiate('SpareBank 1');
  await world.stack.pass(hourMs / 2);
  await world.initiate('SpareBank 1');
  expect(world.sends('fetch_token')).toBe(1);
});

test('a token that has run out is fetched anew, and no call is refused for it', async () => {
  for (let hour = 0; hour < 3; hour += 1) {
    await world.initiate('SpareBank 1');
    await world.stack.pass(hourMs);
  }
  const refused = world.stack.attempts.filter(({ status }) => status === 401);
  expect(refused).toEqual([]);
  expect(world.sends('fetch_token')).toBe(3);
});

/** Answers of the token endpoint with another lifetime. */
function tokensThatLive(expires_in: unknown): void {
  const { routes } = world.stack.emulator;
  const { fetch } = routes;
  routes.fetch = async (incoming, ...rest) => {
    const answer = await fetch(incoming, ...rest);
    if (!new URL(incoming.url).pathname.endsWith('/token')) return answer;
    return Response.json({ ...((await answer.json()) as object), expires_in });
  };
}

test('a token that is said to live for years is used, and fetched anew after a day', async () => {
  tokensThatLive(10 * 365 * 86_400);
  await world.initiate('SpareBank 1');
  await world.stack.pass(24 * hourMs);
  await world.ais.listBanks();
  expect(world.sends('fetch_token')).toBe(2);
});

test.each([0, -60, 'soon', null])('a token that lives for %j seconds is none', async (seconds) => {
  tokensThatLive(seconds);
  await expect(world.ais.listBanks()).rejects.toEqual(dropError('provider_invalid_response'));
});

test('a token that was refused is not used again', async () => {
  await world.initiate('SpareBank 1');
  world.stack.faults.add({ operation: 'create_payment', effect: 'status', status: 401, times: 1 });
  await expect(world.initiate('SpareBank 1')).rejects.toEqual(
    dropError('provider_rejected_credentials', 'refused'),
  );
  await world.initiate('SpareBank 1');
  expect(world.sends('fetch_token')).toBe(2);
});

test('a token that ends before the order is sent, and cannot be had again, leaves it unsent', async () => {
  await world.ais.listBanks();
  const { routes } = world.stack.emulator;
  const { fetch } = routes;
  routes.fetch = async (incoming, ...rest) => {
    const answer = await fetch(incoming, ...rest);
    if (new URL(incoming.url).pathname === '/ics/v3/session') {
      world.stack.clock.advance(hourMs);
      world.stack.faults.add({ operation: 'fetch_token', effect: 'status', status: 500 });
    }
    return answer;
  };
  await expect(world.initiate('SpareBank 1')).rejects.toEqual(dropError('bank_unavailable', 'not_sent'));
  expect(world.sends('create_payment')).toBe(0);
});

test('a token that cannot be had leaves the order unsent', async () => {
  await world.ais.listBanks();
  await world.stack.pass(hourMs);
  world.stack.faults.add({ operation: 'fetch_token', effect: 'status', status: 503 });
  await expect(world.initiate('SpareBank 1')).rejects.toEqual(dropError('bank_unavailable', 'not_sent'));
  expect(world.sends('create_payment')).toBe(0);
});
