import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { insertSession } from '#store/sessions.ts';
import type { User } from '#store/users.ts';
import {
  endAllDevices,
  endDevice,
  listDevices,
  sessionLives,
  sessionOf,
} from '#usecases/sign-in/sessions.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';

const minute = 60_000;

interface Opened {
  id: string;
  token: string;
}

async function open(context: TestContext, user: User, kind?: 'browser' | 'app'): Promise<Opened> {
  const opened = { id: randomUUID(), token: randomUUID() };
  const at = context.clock.now();
  await insertSession(context.store.database, {
    ...opened,
    ...(kind && { kind }),
    userId: user.id,
    userAgent: `agent of ${opened.id}`,
    at,
    expiresAt: new Date(at.getTime() + 60 * minute),
  });
  return opened;
}

async function ids(context: TestContext, user: User): Promise<string[]> {
  return (await listDevices(context, user)).map(({ id }) => id);
}

test('a customer sees their signed-in devices, the most recently used first', async () => {
  const context = await testContext();
  const user = await customer(context);
  const first = await open(context, user);
  const openedAt = context.clock.now();
  context.clock.advance(5 * minute);
  const second = await open(context, user, 'app');
  context.clock.advance(5 * minute);
  await sessionOf(context, first.token);

  expect(await listDevices(context, user)).toEqual([
    {
      id: first.id,
      kind: 'browser',
      userAgent: `agent of ${first.id}`,
      createdAt: openedAt,
      lastSeenAt: context.clock.now(),
    },
    expect.objectContaining({ id: second.id, kind: 'app' }),
  ]);
});

test('a customer does not see another customer’s devices', async () => {
  const context = await testContext();
  await open(context, await customer(context));
  expect(await ids(context, await customer(context))).toEqual([]);
});

test('an idle or expired session is not listed', async () => {
  const context = await testContext();
  const user = await customer(context);
  const idle = await open(context, user);
  const used = await open(context, user);
  context.clock.advance(20 * minute);
  await sessionOf(context, used.token);
  context.clock.advance(20 * minute);
  expect(await ids(context, user)).toEqual([used.id]);
  expect(await sessionLives(context, idle.id)).toBe(false);
  expect(await sessionLives(context, used.id)).toBe(true);
  await sessionOf(context, used.token);
  context.clock.advance(20 * minute);
  expect(await ids(context, user)).toEqual([]);
  expect(await sessionLives(context, used.id)).toBe(false);
});

test('checking a session does not keep it alive', async () => {
  const context = await testContext();
  const { id } = await open(context, await customer(context));
  context.clock.advance(29 * minute);
  expect(await sessionLives(context, id)).toBe(true);
  context.clock.advance(minute);
  expect(await sessionLives(context, id)).toBe(false);
});

test('ending a device signs out that device only', async () => {
  const context = await testContext();
  const user = await customer(context);
  const [lost, kept] = [await open(context, user), await open(context, user)];
  await endDevice(context, user, lost.id);
  expect(await sessionOf(context, lost.token)).toBeUndefined();
  expect((await sessionOf(context, kept.token))?.user.id).toBe(user.id);
});

test('another customer’s device is not found and stays signed in', async () => {
  const context = await testContext();
  const theirs = await open(context, await customer(context));
  await expect(endDevice(context, await customer(context), theirs.id)).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await sessionOf(context, theirs.token)).toBeDefined();
});

test('an ended device is not found', async () => {
  const context = await testContext();
  const user = await customer(context);
  const { id } = await open(context, user);
  await endDevice(context, user, id);
  await expect(endDevice(context, user, id)).rejects.toMatchObject({ code: 'not_found' });
});

test('ending all devices ends only those of that customer', async () => {
  const context = await testContext();
  const [user, other] = [await customer(context), await customer(context)];
  const own = [await open(context, user), await open(context, user, 'app')];
  const theirs = await open(context, other);
  await endAllDevices(context, user);
  for (const { token } of own) expect(await sessionOf(context, token)).toBeUndefined();
  expect(await sessionOf(context, theirs.token)).toBeDefined();
});

test('all devices except one can be ended', async () => {
  const context = await testContext();
  const user = await customer(context);
  const [kept] = [await open(context, user), await open(context, user)];
  await endAllDevices(context, user, { keptId: kept.id });
  expect(await ids(context, user)).toEqual([kept.id]);
});
