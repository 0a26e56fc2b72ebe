import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { Secret } from '#domain/secret.ts';
import { concerning, inheritedIds } from '#outbound/inherited-ids.ts';
import { listConnections } from '#store/bank-connections.ts';
import { revokeConnection } from '#usecases/banking/end-connection.ts';
import { openSession, openSessionOf } from '#usecases/sign-in/identify.ts';
import { customer, testContext, type TestContext } from '../support/context.ts';
import { sumsubWorld } from '../support/sumsub-context.ts';
import { linkedBank } from './payments/linked-bank.ts';

function linesOf({ logged }: TestContext, message: string): unknown[] {
  return logged.filter((line) => line.message === message).map(({ details }) => details);
}

const identity = {
  issuer: 'test',
  subject: 'subject-1',
  name: 'Kari Testnes',
  birthdate: undefined,
  acr: 'urn:bankid:bid',
  nationalIdentityNumber: new Secret('13897412345'),
};

test('a sign-in has a line with the customer, the first time and when the person comes back', async () => {
  const context = await testContext();
  const expiresAt = new Date(context.clock.now().getTime() + 3_600_000);
  const session = { kind: 'browser', userAgent: 'Prøveleser/1', expiresAt } as const;
  const signIn = async (): Promise<string | undefined> =>
    concerning({ requestId: randomUUID() }, async () => {
      await openSessionOf(context, { identity, state: randomUUID(), locale: 'nb' }, session);
      return inheritedIds().userId;
    });
  const userIds = [await signIn(), await signIn(), await signIn()];
  expect(new Set(userIds).size).toBe(1);
  expect(linesOf(context, 'a customer signed in')).toEqual(
    userIds.map((userId) => ({ userId, kind: 'browser' })),
  );
});

test('a sign-in of the mobile app has a line with the customer', async () => {
  const context = await testContext();
  const { id: userId } = await customer(context);
  const expiresAt = new Date(context.clock.now().getTime() + 3_600_000);
  await openSession(context, { userId, kind: 'app', userAgent: undefined, expiresAt });
  expect(linesOf(context, 'a customer signed in')).toEqual([{ userId, kind: 'app' }]);
});

test('a verification has a line for each move, and none for a reading that says the same', async () => {
  const { context, user, review } = await sumsubWorld();
  await review('approved');
  await review('approved');
  await review('sanctions_match');
  const moves = linesOf(context, 'a verification moved');
  expect(moves.slice(-2)).toEqual([
    { userId: user.id, from: 'pending', to: 'approved' },
    { userId: user.id, from: 'approved', to: 'rejected' },
  ]);
});

test('a consent has a line when it is given, and when its customer ends it', async () => {
  const { bank } = await linkedBank();
  const { context, user } = bank;
  const [connection] = await listConnections(context.store.database, user.id, context.clock.now());
  const connectionId = connection?.id ?? '';
  await revokeConnection(context, user, connectionId);
  await revokeConnection(context, user, connectionId);
  expect(linesOf(context, 'a consent moved')).toEqual([
    { connectionId, userId: user.id, to: 'active' },
    { connectionId, userId: user.id, to: 'revoked' },
  ]);
});
