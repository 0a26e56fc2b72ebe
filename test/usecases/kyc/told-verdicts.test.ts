import { expect, test } from 'vitest';
import { reconcileReview } from '#usecases/kyc/reconcile.ts';
import { sumsubWorld } from '../../support/sumsub-context.ts';
import { codesTold, refuseCommits } from '../notify/told.ts';

async function world() {
  const sumsub = await sumsubWorld();
  const { context, user, applicantId } = sumsub;
  return {
    ...sumsub,
    codes: () => codesTold(context, user.id),
    readAgain: () => reconcileReview(context, { applicantId }, 'rescreen'),
  };
}

test('a verification that has only begun is no news', async () => {
  const { codes, readAgain } = await world();
  await readAgain();
  expect(await codes()).toEqual([]);
});

test.each([
  ['approved', 'verification_approved'],
  ['refused_for_good', 'verification_rejected'],
  ['blurred_document', 'verification_retry'],
])('a verification that ends in %s is told once, however often it is read', async (outcome, code) => {
  const { codes, readAgain, review } = await world();
  await review(outcome);
  await readAgain();
  await readAgain();
  expect(await codes()).toEqual([code]);
});

test('a second attempt that is approved is told', async () => {
  const { codes, review } = await world();
  await review('blurred_document');
  await review('approved');
  expect(await codes()).toEqual(['verification_retry', 'verification_approved']);
});

test('an approval that is lost to a rejection is told', async () => {
  const { codes, review } = await world();
  await review('approved');
  await review('sanctions_match');
  expect(await codes()).toEqual(['verification_approved', 'verification_rejected']);
});

test('a review that a person looks at is no news', async () => {
  const { codes, review } = await world();
  await review('manual_review');
  expect(await codes()).toEqual([]);
});

test('a verdict that cannot be committed is not told, and is told when it is read again', async () => {
  const { codes, context, kycStatus, readAgain, review, stack, user } = await world();
  const allow = await refuseCommits(context);
  await stack.act('complete_review', { outcome: 'approved', externalUserId: user.id });
  await expect(readAgain()).rejects.toThrow('refused at the commit');
  expect(await kycStatus()).not.toBe('approved');
  expect(await codes()).toEqual([]);
  await allow();
  await review('approved');
  expect(await codes()).toEqual(['verification_approved']);
});
