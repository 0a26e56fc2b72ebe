import { beforeEach, expect, test } from 'vitest';
import type { RoutingPolicy } from '#domain/routing/policy.ts';
import { currentRouting } from '#store/routing/changes.ts';
import {
  appliedPolicy,
  applyPolicy,
  applyShare,
  rollBack,
  rolledBack,
  stopMove,
} from '#usecases/operate/routing/change.ts';
import { planPolicy } from '#usecases/operate/routing/plan.ts';
import { meanwhile, routingContext, type RoutingContext } from './routing-context.ts';

const act = { by: 'ida', reason: 'a test' };

let context: RoutingContext;
beforeEach(async () => {
  context = await routingContext();
});

const policyOf = (sharePercent: number): RoutingPolicy => ({
  salt: 's',
  home: context.home,
  moves: [{ to: context.next, whom: 'everyone', sharePercent }],
});

const moves = async () => (await currentRouting(context.store.database)).policy?.moves;

test('a plan of the policy in force says that nothing changes while its move is stopped', async () => {
  await applyPolicy(context, policyOf(10), act);
  await stopMove(context, undefined, act);
  const { version, changes } = await planPolicy(context, await appliedPolicy(context, policyOf(10)), {
    payments: 1,
  });
  expect({ version, changes }).toEqual({ version: 2, changes: [] });
});

test('a rollback takes a share back, and leaves a move stopped that was stopped since', async () => {
  await applyPolicy(context, policyOf(10), act);
  await applyPolicy(context, policyOf(25), act);
  await stopMove(context, undefined, act);
  const { changes } = await planPolicy(context, (await rolledBack(context)).policy, { payments: 1 });
  expect(changes).toEqual([`to ${context.next}: sharePercent: 25 → 10`]);
  expect(await rollBack(context, act)).toMatchObject({ version: 4, restores: 1 });
  expect(await moves()).toMatchObject([{ sharePercent: 10, stopped: { reason: 'a test' } }]);
});

test('a rollback that brings a move back leaves it as it was when it was taken out', async () => {
  await applyPolicy(context, policyOf(10), act);
  await stopMove(context, undefined, act);
  await applyPolicy(context, { ...policyOf(10), moves: [] }, act);
  await rollBack(context, act);
  expect(await moves()).toMatchObject([{ sharePercent: 10, stopped: { reason: 'a test' } }]);
});

test('a rollback after a stop of the first policy leads to the environment alone', async () => {
  await applyPolicy(context, policyOf(10), act);
  await stopMove(context, undefined, act);
  expect(await rollBack(context, act)).toMatchObject({ version: 3, policy: undefined, restores: 0 });
});

test('a plan says where the customers of a move are that is taken out: at home, or home is theirs', async () => {
  await applyPolicy(context, policyOf(10), act);
  const without = { ...policyOf(10), moves: [] };
  const changesTo = async (policy: RoutingPolicy) =>
    (await planPolicy(context, policy, { payments: 1 })).changes;
  expect(await changesTo(without)).toEqual([
    `no move to ${context.next}: its customers are at home from their next consent on`,
  ]);
  expect(await changesTo({ ...without, home: context.next })).toEqual([
    `home: ${context.home} → ${context.next}`,
    `no move to ${context.next}: it is home`,
  ]);
});

/** A context in which another operator puts a policy in force after the first read. */
const withPolicyMeanwhile = (policy: RoutingPolicy): RoutingContext =>
  meanwhile(context, () => applyPolicy(context, policy, act));

test('a rollback is refused when another policy was put in force meanwhile', async () => {
  await applyPolicy(context, policyOf(10), act);
  await applyPolicy(context, policyOf(25), act);
  const rollback = rollBack(withPolicyMeanwhile(policyOf(50)), act);
  await expect(rollback).rejects.toMatchObject({ code: 'invalid_request' });
  expect(await moves()).toMatchObject([{ sharePercent: 50 }]);
});

test('a share is refused when another policy was put in force meanwhile', async () => {
  await applyPolicy(context, policyOf(10), act);
  const share = { to: undefined, sharePercent: 25 };
  const applied = applyShare(withPolicyMeanwhile({ ...policyOf(1), salt: 'another' }), share, act);
  await expect(applied).rejects.toMatchObject({ code: 'invalid_request' });
  expect((await currentRouting(context.store.database)).policy?.salt).toBe('another');
});
