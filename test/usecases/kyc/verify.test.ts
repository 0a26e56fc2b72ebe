import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import type { ApplicantStatus } from '#services/sumsub/service.ts';
import { findUser } from '#store/users.ts';
import { reconcileStaleReviews } from '#usecases/kyc/due.ts';
import { reconcileReview } from '#usecases/kyc/reconcile.ts';
import { initiateVerification, verificationState } from '#usecases/kyc/verify.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';

async function statusNow(context: TestContext, userId: string) {
  return (await findUser(context.store.database, userId))?.kycStatus;
}

function answerWith(context: TestContext, change: Partial<ApplicantStatus>): void {
  const { sumsub } = context.services;
  context.services.sumsub = {
    ...sumsub,
    getApplicantStatus: async (applicantId) => ({
      ...(await sumsub.getApplicantStatus(applicantId)),
      ...change,
    }),
  };
}

const approved = { reviewStatus: 'completed', reviewAnswer: 'GREEN', reviewRejectType: undefined } as const;

async function begun(): Promise<{ context: TestContext; userId: string; applicantId: string }> {
  const context = await testContext();
  const user = await customer(context, 'none');
  await initiateVerification(context, user);
  const { applicantId } = await context.services.sumsub.createApplicant({ externalUserId: user.id });
  return { context, userId: user.id, applicantId };
}

test('an approval that is read makes the customer approved', async () => {
  const { context, userId, applicantId } = await begun();
  answerWith(context, approved);
  await reconcileReview(context, { applicantId });
  expect(await statusNow(context, userId)).toBe('approved');
});

test('a hint alone approves no customer: the answer of the API counts', async () => {
  const { context, userId, applicantId } = await begun();
  answerWith(context, { ...approved, reviewStatus: 'init' });
  await reconcileReview(context, { applicantId });
  expect(await statusNow(context, userId)).not.toBe('approved');
});

test('an approval at another level does not count', async () => {
  const { context, userId, applicantId } = await begun();
  answerWith(context, { ...approved, levelName: 'some-other-level' });
  await reconcileReview(context, { applicantId });
  expect(await statusNow(context, userId)).not.toBe('approved');
});

test('a rejection after an approval revokes the right to pay', async () => {
  const { context, userId, applicantId } = await begun();
  answerWith(context, approved);
  await reconcileReview(context, { applicantId });
  answerWith(context, { ...approved, reviewAnswer: 'RED', reviewRejectType: 'FINAL' });
  await reconcileReview(context, { applicantId });
  expect(await statusNow(context, userId)).toBe('rejected');
});

test('a rejection that asks for a better photo allows a retry', async () => {
  const { context, userId, applicantId } = await begun();
  const rejectLabels = ['UNSATISFACTORY_PHOTOS'];
  answerWith(context, { ...approved, reviewAnswer: 'RED', reviewRejectType: 'RETRY', rejectLabels });
  await reconcileReview(context, { applicantId });
  const user = await findUser(context.store.database, userId);
  if (!user) throw new RangeError('the user is there');
  expect(await verificationState(context, user)).toMatchObject({
    status: 'pending',
    canRetry: true,
    labels: rejectLabels,
  });
});

test('a review of an unknown applicant changes no customer', async () => {
  const { context, userId } = await begun();
  const other = await context.services.sumsub.createApplicant({ externalUserId: 'somebody-else' });
  answerWith(context, approved);
  await reconcileReview(context, other);
  expect(await statusNow(context, userId)).toBe('pending');
});

test('a webhook that arrives before its applicant is stored is not missed', async () => {
  const context = await testContext();
  const user = await customer(context, 'none');
  const { sumsub } = context.services;
  context.services.sumsub = {
    ...sumsub,
    async createApplicant(applicant) {
      const created = await sumsub.createApplicant(applicant);
      await reconcileReview(context, created);
      return created;
    },
  };
  await initiateVerification(context, user);
  expect(await statusNow(context, user.id)).toBe('pending');
});

test('a customer gets a token even if the review cannot be read yet, and it is read when due', async () => {
  const context = await testContext();
  const user = await customer(context, 'none');
  const { sumsub } = context.services;
  const message = 'no answer';
  const getApplicantStatus = async (): Promise<never> =>
    Promise.reject(new DropError('kyc_unavailable', { message, outcome: 'unknown' }));
  context.services.sumsub = { ...sumsub, getApplicantStatus };
  expect((await initiateVerification(context, user)).token).not.toBe('');
  expect(await statusNow(context, user.id)).toBe('none');
  context.services.sumsub = sumsub;
  context.clock.advance(61_000);
  await reconcileStaleReviews(context);
  expect(await statusNow(context, user.id)).toBe('approved');
});

test('a review whose webhook was lost is found', async () => {
  const { context, userId, applicantId } = await begun();
  answerWith(context, { ...approved, reviewStatus: 'pending' });
  await reconcileReview(context, { applicantId });
  answerWith(context, approved);
  context.clock.advance(61_000);
  await reconcileStaleReviews(context);
  expect(await statusNow(context, userId)).toBe('approved');
});
