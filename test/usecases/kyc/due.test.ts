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

test('what a poll found says so', async () => {
  const world = await sumsubWorld();
  await world.stack.act('hold_webhooks');
  await world.review('approved');
  world.context.clock.advance(601_000);
  await reconcileStaleReviews(world.context);
  expect((await history(world))[0]).toMatchObject({ evidence: 'poll', status: 'approved' });
});

test('an approval is read again after thirty days, and what monitoring turned meanwhile is found', async () => {
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

test('a verdict that was read again is due again as long after', async () => {
  const world = await sumsubWorld();
  await world.review('approved');
  world.context.clock.advance(30 * dayMs);
  await rescreenCustomers(world.context);
  const kept = await findApplicant(world.context.store.database, world.user.id);
  expect(kept?.dueAt).toEqual(new Date(world.context.clock.now().getTime() + 30 * dayMs));
});

test('a review of which nothing was ever heard is found', async () => {
  const context = await testContext();
  const user = await customer(context, 'none');
  await initiateVerification(context, user);
  context.services.sumsub.onWebhook(async () => undefined);
  context.clock.advance(61_000);
  await reconcileStaleReviews(context);
  expect((await verificationState(context, user)).status).not.toBe('none');
});

test('who has not handed anything in is asked about every ten minutes', async () => {
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

test('who has not handed anything in for a month is asked about every third day', async () => {
  const world = await sumsubWorld();
  world.context.clock.advance(30 * dayMs);
  await reconcileStaleReviews(world.context);
  expect(await dueInMs(world)).toBe(3 * dayMs);
});

test('who goes on after a month is asked about soon again', async () => {
  const world = await sumsubWorld();
  world.context.clock.advance(30 * dayMs);
  await reconcileStaleReviews(world.context);
  await initiateVerification(world.context, world.user);
  expect(await dueInMs(world)).toBe(10 * minuteMs);
});

test('what cannot be read lets the others go first', async () => {
  const world = await sumsubWorld();
  world.stack.faults.add({ operation: 'applicant_status', effect: 'status', status: 500 });
  world.context.clock.advance(11 * minuteMs);
  await reconcileStaleReviews(world.context);
  expect(await dueInMs(world)).toBe(10 * minuteMs);
});

test('an approval that Sumsub did not show is asked about the day after', async () => {
  const world = await sumsubWorld();
  await world.review('approved');
  world.stack.faults.add({ operation: 'applicant_status', effect: 'status', status: 404 });
  await reconcileReview(world.context, { applicantId: world.applicantId });
  expect(await dueInMs(world)).toBe(dayMs);
});

test('of who was deleted nothing is asked any more', async () => {
  const world = await sumsubWorld();
  await world.send('applicantDeleted');
  expect(await dueInMs(world)).toBe(Infinity);
});
