import { expect, test } from 'vitest';
import { findApplicant } from '#store/kyc/applicants.ts';
import { verdictChangesOf } from '#store/kyc/verdict-changes.ts';
import { findUser } from '#store/users.ts';
import { reconcileStaleReviews, holdToLevel } from '#usecases/kyc/due.ts';
import { initiateVerification, verificationState } from '#usecases/kyc/verify.ts';
import { reconcileReview } from '#usecases/kyc/reconcile.ts';
import { sumsubWorld, type SumsubWorld } from '../../support/sumsub-context.ts';

/** A customer approved at one level, and Drop restarted with another. */
async function approvedAtFormerLevel(): Promise<SumsubWorld> {
  const world = await sumsubWorld();
  await world.review('approved');
  world.context.kycLevelName = 'enhanced-kyc-level';
  return world;
}

async function userOf({ context, user }: SumsubWorld) {
  const found = await findUser(context.store.database, user.id);
  if (!found) throw new RangeError('the user is there');
  return found;
}

/** Sumsub, with the applicant moved to the new level. */
function moved({ context, stack }: SumsubWorld): void {
  context.services.sumsub = {
    ...stack.client,
    getApplicantStatus: async (applicantId) => ({
      ...(await stack.client.getApplicantStatus(applicantId)),
      levelName: 'enhanced-kyc-level',
    }),
  };
}

test('a customer approved at another level may not pay, may continue, and has the change in the history', async () => {
  const world = await approvedAtFormerLevel();
  await holdToLevel(world.context);
  expect((await userOf(world)).kycStatus).toBe('pending');
  expect(await verificationState(world.context, world.user)).toMatchObject({
    status: 'pending',
    canRetry: true,
  });
  const [latest] = await verdictChangesOf(world.context.store.database, world.user.id, 1);
  expect(latest).toMatchObject({ evidence: 'level', from: 'approved', levelName: 'enhanced-kyc-level' });
});

test('the operators are told the number of customers once', async () => {
  const world = await approvedAtFormerLevel();
  await holdToLevel(world.context);
  await holdToLevel(world.context);
  expect(await world.alerts()).toMatchObject([{ message: expect.stringMatching(/^1 .*enhanced-kyc-level/) }]);
});

test('a customer who continues at the new level keeps the applicant and is approved at that level', async () => {
  const world = await approvedAtFormerLevel();
  await holdToLevel(world.context);
  await initiateVerification(world.context, await userOf(world));
  moved(world);
  world.context.clock.advance(601_000);
  await reconcileStaleReviews(world.context);
  expect((await userOf(world)).kycStatus).toBe('approved');
  const kept = await findApplicant(world.context.store.database, world.user.id);
  expect(kept).toMatchObject({ applicantId: world.applicantId, levelName: 'enhanced-kyc-level' });
});

test('a read that crosses the change of level does not restore the approval, and alerts once', async () => {
  const world = await approvedAtFormerLevel();
  const { getApplicantStatus } = world.stack.client;
  world.context.services.sumsub = {
    ...world.stack.client,
    async getApplicantStatus(applicantId) {
      await holdToLevel(world.context);
      return getApplicantStatus(applicantId);
    },
  };
  await reconcileReview(world.context, { applicantId: world.applicantId });
  expect((await userOf(world)).kycStatus).toBe('pending');
  expect(await world.alerts()).toHaveLength(1);
});

test('a customer with a final refusal at another level stays refused until Sumsub reports otherwise', async () => {
  const world = await sumsubWorld();
  await world.review('refused_for_good');
  world.context.kycLevelName = 'enhanced-kyc-level';
  await holdToLevel(world.context);
  expect((await userOf(world)).kycStatus).toBe('rejected');
  expect(await world.alerts()).toEqual([]);
});

test('a customer approved at the required level keeps the approval', async () => {
  const world = await sumsubWorld();
  await world.review('approved');
  await holdToLevel(world.context);
  expect((await userOf(world)).kycStatus).toBe('approved');
});
