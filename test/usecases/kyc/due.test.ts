import { expect, test } from 'vitest';
import { findApplicant } from '#store/kyc/applicants.ts';
import { verdictChangesOf } from '#store/kyc/verdict-changes.ts';
import { reconcileStaleReviews, rescreenCustomers } from '#usecases/kyc/due.ts';
import { reconcileReview } from '#usecases/kyc/reconcile.ts';
import { initiateVerification, verificationState } from '#usecases/kyc/verify.ts';
import { customer, testContext } from '../../support/context.ts';
import { sumsubWorld, type SumsubWorld } from '../../support/sumsub-context.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

async function history({ context, user }: SumsubWorld) {
  return verdictChangesOf(context.store.database, user.id, 100);
}

async function dueInMs({ context, user }: SumsubWorld): Promise<number> {
  const kept = await findApplicant(context.store.database, user.id);
  return (kept?.dueAt?.getTime() ?? Infinity) - context.clock.now().getTime();
}

test('a change found by polling is recorded as such', async () => {
  const world = await sumsubWorld();
  await world.stack.act('hold_webhooks');
  await world.review('approved');
  world.context.clock.advance(601_000);
  await reconcileStaleReviews(world.context);
  expect((await history(world))[0]).toMatchObject({ evidence: 'poll', status: 'approved' });
});

test('an approval is read again after thirty days, which finds a change by monitoring', async () => {
  const world = await sumsubWorld();
  await world.review('approved');
  await world.stack.act('hold_webhooks');
  await world.review('sanctions_match');
  world.context.clock.advance(30 * dayMs - 1);
  await rescreenCustomers(world.context);
  expect(await world.kycStatus()).toBe('approved');
  world.context.clock.advance(1);
  await rescreenCustomers(world.context);
  expect(await world.kycStatus()).toBe('rejected');
  expect((await history(world))[0]).toMatchObject({ evidence: 'rescreen' });
});

test('a verdict that was read again is due again after the same time', async () => {
  const world = await sumsubWorld();
  await world.review('approved');
  world.context.clock.advance(30 * dayMs);
  await rescreenCustomers(world.context);
  const kept = await findApplicant(world.context.store.database, world.user.id);
  expect(kept?.dueAt).toEqual(new Date(world.context.clock.now().getTime() + 30 * dayMs));
});

test('a review without any webhook is found', async () => {
  const context = await testContext();
  const user = await customer(context, 'none');
  await initiateVerification(context, user);
  context.services.sumsub.onWebhook(async () => undefined);
  context.clock.advance(61_000);
  await reconcileStaleReviews(context);
  expect((await verificationState(context, user)).status).not.toBe('none');
});

test('a customer who has not submitted anything is read every ten minutes', async () => {
  const world = await sumsubWorld();
  const asked = () => world.stack.attempts.length;
  const before = asked();
  world.context.clock.advance(599_000);
  await reconcileStaleReviews(world.context);
  expect(asked()).toBe(before);
  world.context.clock.advance(2_000);
  await reconcileStaleReviews(world.context);
  expect(asked()).toBe(before + 1);
});

test('a customer who has not submitted anything for a month is read every third day', async () => {
  const world = await sumsubWorld();
  world.context.clock.advance(30 * dayMs);
  await reconcileStaleReviews(world.context);
  expect(await dueInMs(world)).toBe(3 * dayMs);
});

test('a customer who continues after a month is read again soon', async () => {
  const world = await sumsubWorld();
  world.context.clock.advance(30 * dayMs);
  await reconcileStaleReviews(world.context);
  await initiateVerification(world.context, world.user);
  expect(await dueInMs(world)).toBe(10 * minuteMs);
});

test('an unreadable review is read after the others', async () => {
  const world = await sumsubWorld();
  world.stack.faults.add({ operation: 'applicant_status', effect: 'status', status: 500 });
  world.context.clock.advance(11 * minuteMs);
  await reconcileStaleReviews(world.context);
  expect(await dueInMs(world)).toBe(10 * minuteMs);
});

test('an approval that Sumsub did not show is read again the next day', async () => {
  const world = await sumsubWorld();
  await world.review('approved');
  world.stack.faults.add({ operation: 'applicant_status', effect: 'status', status: 404 });
  await reconcileReview(world.context, { applicantId: world.applicantId });
  expect(await dueInMs(world)).toBe(dayMs);
});

test('a deleted applicant is no longer read', async () => {
  const world = await sumsubWorld();
  await world.send('applicantDeleted');
  expect(await dueInMs(world)).toBe(Infinity);
});
