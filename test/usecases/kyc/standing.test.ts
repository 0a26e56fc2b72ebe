import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import { findApplicant, keepApplicant } from '#store/kyc/applicants.ts';
import { findUser } from '#store/users.ts';
import { pay } from '#usecases/payments/pay.ts';
import { initiateVerification, verificationState } from '#usecases/kyc/verify.ts';
import { reconcileStaleReviews } from '#usecases/kyc/due.ts';
import { reconcileReview } from '#usecases/kyc/reconcile.ts';
import { watchMetConditions } from '#usecases/watch/met.ts';
import { customer, testContext } from '../../support/context.ts';
import { sumsubWorld, type SumsubWorld } from '../../support/sumsub-context.ts';

async function approvedWorld(): Promise<SumsubWorld> {
  const world = await sumsubWorld();
  await world.review('approved');
  expect(await world.kycStatus()).toBe('approved');
  return world;
}

/** Sumsub deletes the applicant without a webhook. */
function forget({ stack }: SumsubWorld): void {
  stack.emulator.reset?.();
}

async function kept({ context, user }: SumsubWorld) {
  return findApplicant(context.store.database, user.id);
}

test('a sanctions match by monitoring ends the right to pay and raises an alert without the reason', async () => {
  const world = await approvedWorld();
  await world.review('sanctions_match');
  expect(await world.kycStatus()).toBe('rejected');
  expect(await world.alerts()).toEqual([
    {
      severity: 'critical',
      title: 'A verified customer may no longer pay',
      message: expect.stringContaining(
        `User ${world.user.id} was approved and is now rejected. Read the history: "npx drop kyc show`,
      ) as unknown,
    },
  ]);
});

test('a customer who was approved and then refused cannot pay', async () => {
  const world = await approvedWorld();
  await world.review('sanctions_match');
  const refused = await findUser(world.context.store.database, world.user.id);
  if (!refused) throw new RangeError('the user is there');
  const creditor = { name: 'Strømselskapet AS', accountNumber: '15032080178' };
  const amount = { amount: 100, currency: 'NOK' };
  const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: undefined } as const;
  const paying = pay(world.context, refused, {
    form: { accountId: refused.id, amount, creditor, kid: undefined, text: undefined },
    circumstances: { idempotencyKey: 'k'.repeat(20), access, locale: 'nb' },
  });
  await expect(paying).rejects.toMatchObject({ code: 'kyc_rejected' });
});

test('a deactivation counts after an activation that is dated in the future', async () => {
  const world = await approvedWorld();
  const { context, applicantId } = world;
  const now = context.clock.now();
  const at = new Date('2099-01-01T00:00:00Z');
  await reconcileReview(context, { applicantId, presence: 'present', at });
  await reconcileReview(context, { applicantId, presence: 'deactivated', at: now });
  expect(await world.kycStatus()).toBe('queued');
});

test('an activation counts after a deactivation that is dated in the future', async () => {
  const world = await approvedWorld();
  const { context, applicantId } = world;
  const at = new Date('2099-01-01T00:00:00Z');
  await reconcileReview(context, { applicantId, presence: 'deactivated', at });
  expect(await world.kycStatus()).toBe('queued');
  await reconcileReview(context, { applicantId, presence: 'present', at: context.clock.now() });
  expect(await world.kycStatus()).toBe('approved');
});

test('a refusal without an earlier approval raises no alert', async () => {
  const world = await sumsubWorld();
  await world.review('refused_for_good');
  expect(await world.alerts()).toEqual([]);
});

test('a hold after an approval is queued, and the customer may not pay meanwhile', async () => {
  const world = await approvedWorld();
  await world.review('manual_review');
  expect(await world.kycStatus()).toBe('queued');
  expect(await world.alerts()).toMatchObject([{ severity: 'warning' }]);
});

test('a reset after an approval restarts the verification, even if Sumsub still has the old answer', async () => {
  const world = await approvedWorld();
  await world.stack.act('reset_applicant', { externalUserId: world.user.id });
  await world.stack.settled();
  expect(await verificationState(world.context, world.user)).toMatchObject({
    status: 'pending',
    canRetry: true,
  });
});

test('a deactivated applicant is queued, whatever its review', async () => {
  const world = await approvedWorld();
  await world.send('applicantDeactivated');
  expect(await verificationState(world.context, world.user)).toMatchObject({
    status: 'queued',
    canRetry: false,
  });
  await expect(
    initiateVerification(world.context, { ...world.user, kycStatus: 'queued' }),
  ).rejects.toMatchObject({ code: 'kyc_conflict' });
});

test('a reactivated applicant has the verdict of its review', async () => {
  const world = await approvedWorld();
  await world.send('applicantDeactivated');
  world.context.clock.advance(1_000);
  await world.send('applicantActivated');
  expect(await world.kycStatus()).toBe('approved');
});

test('a late, older activation does not undo a deactivation', async () => {
  const world = await approvedWorld();
  await world.stack.act('hold_webhooks');
  await world.send('applicantActivated');
  world.context.clock.advance(1_000);
  await world.send('applicantDeactivated');
  await world.stack.act('release_webhooks', { order: 'reversed' });
  expect(await world.kycStatus()).toBe('queued');
});

test.each(['applicantDeleted', 'applicantPersonalDataDeleted'])(
  '%s revokes the approval, even if Sumsub still answers with it',
  async (type) => {
    const world = await approvedWorld();
    await world.send(type);
    expect(await world.kycStatus()).toBe('none');
    // The same applicant would restore the old approval.
    await expect(
      initiateVerification(world.context, { ...world.user, kycStatus: 'none' }),
    ).rejects.toMatchObject({ code: 'kyc_conflict' });
  },
);

test('a deleted customer starts again as another applicant', async () => {
  const world = await approvedWorld();
  await world.send('applicantDeleted');
  forget(world);
  await initiateVerification(world.context, { ...world.user, kycStatus: 'none' });
  expect((await kept(world))?.applicantId).not.toBe(world.applicantId);
  await world.review('approved');
  expect(await world.kycStatus()).toBe('approved');
});

test('a deletion does not undo a final refusal', async () => {
  const world = await sumsubWorld();
  await world.review('refused_for_good');
  await world.send('applicantDeleted');
  forget(world);
  expect(await world.kycStatus()).toBe('rejected');
  await expect(
    initiateVerification(world.context, { ...world.user, kycStatus: 'rejected' }),
  ).rejects.toMatchObject({ code: 'kyc_conflict' });
});

test('a hint about an applicant that Sumsub no longer has causes no error and revokes the approval', async () => {
  const world = await approvedWorld();
  forget(world);
  await reconcileReview(world.context, { applicantId: world.applicantId });
  expect(await world.kycStatus()).toBe('none');
  await reconcileReview(world.context, { applicantId: world.applicantId });
});

/** Sumsub, which temporarily does not find an existing applicant. */
function forgetful({ context, stack }: SumsubWorld): void {
  context.services.sumsub = {
    ...stack.client,
    getApplicantStatus: () => Promise.reject(new DropError('kyc_conflict', { httpStatus: 404 })),
    getAccessToken: () => Promise.reject(new DropError('kyc_conflict', { httpStatus: 404 })),
    findApplicant: async () => undefined,
  };
}

test('an applicant that Sumsub temporarily does not find is approved again as soon as it does', async () => {
  const world = await approvedWorld();
  forgetful(world);
  await reconcileReview(world.context, { applicantId: world.applicantId });
  expect(await world.kycStatus()).toBe('none');
  world.context.services.sumsub = world.stack.client;
  await reconcileReview(world.context, { applicantId: world.applicantId });
  expect(await world.kycStatus()).toBe('approved');
});

test('applicants that Sumsub hides are alerted once, with the first of them, until a day without any', async () => {
  const world = await approvedWorld();
  const { context, applicantId, user } = world;
  const hidden = async () => Promise.reject(new DropError('kyc_conflict', { httpStatus: 404 }));
  const client = context.services.sumsub;
  context.services.sumsub = { ...client, getApplicantStatus: hidden };
  for (let reading = 0; reading < 3; reading += 1) {
    await reconcileReview(context, { applicantId });
    context.clock.advance(3_600_000);
  }
  const title = 'Sumsub does not show an applicant';
  expect(await world.alerts()).toMatchObject([
    {
      severity: 'critical',
      title,
      message: expect.stringContaining(`The first: user ${user.id}.`) as unknown,
    },
  ]);
  await watchMetConditions(context);
  context.clock.advance(25 * 3_600_000);
  await watchMetConditions(context);
  expect((await world.alerts()).map((alert) => alert.title)).toEqual([title, `Over: ${title}`]);
});

test('an applicant that Sumsub does not find right after its creation remains the same applicant', async () => {
  const world = await sumsubWorld();
  forgetful(world);
  await reconcileReview(world.context, { applicantId: world.applicantId });
  world.context.services.sumsub = world.stack.client;
  await initiateVerification(world.context, world.user);
  expect((await kept(world))?.applicantId).toBe(world.applicantId);
  await world.review('approved');
  expect(await world.kycStatus()).toBe('approved');
});

test('a customer whose applicant is not found starts again with the applicant that is found then', async () => {
  const world = await sumsubWorld();
  const { createApplicant, getAccessToken } = world.stack.client;
  forgetful(world);
  world.context.services.sumsub = {
    ...world.context.services.sumsub,
    async createApplicant(request) {
      world.context.services.sumsub.getAccessToken = getAccessToken;
      return createApplicant(request);
    },
  };
  expect(await initiateVerification(world.context, world.user)).toHaveProperty('token');
  expect((await kept(world))?.applicantId).toBe(world.applicantId);
});

test('a customer with a final refusal does not start again when Sumsub does not find the applicant', async () => {
  const world = await sumsubWorld();
  await world.review('refused_for_good');
  forgetful(world);
  world.context.services.sumsub.createApplicant = () =>
    Promise.reject(new RangeError('no applicant may be created'));
  await expect(
    initiateVerification(world.context, { ...world.user, kycStatus: 'rejected' }),
  ).rejects.toMatchObject({ code: 'kyc_conflict' });
  expect(await world.kycStatus()).toBe('rejected');
});

test('a 404 for lack of permission revokes nothing and raises an alert', async () => {
  const world = await approvedWorld();
  world.stack.faults.add({ operation: 'applicant_status', effect: 'status', status: 404 });
  await reconcileReview(world.context, { applicantId: world.applicantId });
  expect(await world.kycStatus()).toBe('approved');
  expect(await world.alerts()).toMatchObject([{ title: 'Sumsub does not show an applicant' }]);
});

test('a token whose every call gets a 404 revokes nothing either', async () => {
  const world = await approvedWorld();
  world.stack.faults.add({ operation: '*', effect: 'status', status: 404 });
  await reconcileReview(world.context, { applicantId: world.applicantId });
  expect(await world.kycStatus()).toBe('approved');
});

test.each([
  [400, 'a request it does not like'],
  [404, 'a permission that is missing'],
  [409, 'an inactive applicant'],
])('a deletion counts even if Sumsub answers %i, as for %s', async (status) => {
  const world = await approvedWorld();
  world.stack.faults.add({ operation: '*', effect: 'status', status });
  await world.send('applicantDeleted');
  expect(await world.kycStatus()).toBe('none');
});

test('an event that names another user does not revoke the approval of the applicant’s own user', async () => {
  const world = await approvedWorld();
  await reconcileReview(world.context, { applicantId: world.applicantId, externalUserId: 'somebody-else' });
  expect(await world.kycStatus()).toBe('approved');
});

test('an applicant that Sumsub has under another user approves no customer', async () => {
  const world = await sumsubWorld();
  const theirs = await world.stack.client.createApplicant({ externalUserId: 'somebody-else' });
  const other = await customer(world.context, 'none');
  const { clock, kycLevelName: levelName } = world.context;
  const key = { userId: other.id, levelName, traceparent: undefined, at: clock.now(), dueAt: undefined };
  await keepApplicant(world.context.store.database, { ...key, ...theirs });
  const review = { externalUserId: 'somebody-else', outcome: 'approved' };
  await world.stack.act('complete_review', review);
  await world.stack.settled();
  expect((await findUser(world.context.store.database, other.id))?.kycStatus).toBe('none');
});

test('no customer gets the token of an applicant that Sumsub has under another user', async () => {
  const world = await sumsubWorld();
  const { getAccessToken } = world.stack.client;
  world.context.services.sumsub = {
    ...world.stack.client,
    getAccessToken: async (id) => ({ ...(await getAccessToken(id)), externalUserId: 'somebody-else' }),
  };
  await expect(initiateVerification(world.context, world.user)).rejects.toMatchObject({
    code: 'kyc_conflict',
  });
});

test('a Sumsub that is down is called again later', async () => {
  const world = await approvedWorld();
  world.stack.faults.add({ operation: 'applicant_status', effect: 'status', status: 503 });
  await expect(reconcileReview(world.context, { applicantId: world.applicantId })).rejects.toMatchObject({
    code: 'kyc_unavailable',
  });
  expect(await world.kycStatus()).toBe('approved');
});

test('the older of two concurrent reads is not stored', async () => {
  const world = await approvedWorld();
  const { getApplicantStatus } = world.stack.client;
  const old = await getApplicantStatus(world.applicantId);
  let isFirst = true;
  world.context.services.sumsub = {
    ...world.stack.client,
    async getApplicantStatus(applicantId) {
      if (!isFirst) return getApplicantStatus(applicantId);
      isFirst = false;
      // While this answer is in transit, the review changes, and another process reads and stores the change.
      await world.review('sanctions_match');
      return old;
    },
  };
  await reconcileReview(world.context, { applicantId: world.applicantId });
  expect(await world.kycStatus()).toBe('rejected');
});

test('in mock mode a restart loses applicants, and a customer in review is still verified', async () => {
  const context = await testContext();
  const user = await customer(context, 'none');
  await initiateVerification(context, user);
  const before = await findApplicant(context.store.database, user.id);
  const { services, clock } = await testContext();
  const restarted = { ...context, services, clock };
  services.sumsub.onWebhook((hint) => reconcileReview(restarted, hint));
  clock.advance(60_000);
  expect(await initiateVerification(restarted, user)).toHaveProperty('token');
  const after = await findApplicant(context.store.database, user.id);
  expect(after?.applicantId).not.toBe(before?.applicantId);
  clock.advance(3_000);
  await reconcileReview(restarted, { applicantId: after?.applicantId ?? '' });
  expect(await findApplicant(context.store.database, user.id)).not.toMatchObject({
    verdict: { status: 'none' },
  });
});

test('in mock mode, a customer whose review was lost by a restart may start again', async () => {
  const context = await testContext();
  const user = await customer(context, 'none');
  await initiateVerification(context, user);
  const before = await findApplicant(context.store.database, user.id);
  await reconcileReview(context, { applicantId: before?.applicantId ?? '' });
  context.services.sumsub.onWebhook(async () => undefined);
  const { services } = await testContext();
  context.clock.advance(61_000);
  await reconcileStaleReviews({ ...context, services });
  expect(await verificationState(context, user)).toMatchObject({ status: 'none' });
});

test('tabs that store the same applicant concurrently cause no error', async () => {
  const context = await testContext();
  const { clock, kycLevelName: levelName, store } = context;
  for (let round = 0; round < 150; round += 1) {
    const { id: userId } = await customer(context, 'none');
    const applicant = { userId, applicantId: `applicant-${round}`, levelName, traceparent: undefined };
    const writing = { ...applicant, at: clock.now(), dueAt: undefined };
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => keepApplicant(store.database, writing)));
    expect((await findApplicant(store.database, userId))?.applicantId).toBe(applicant.applicantId);
  }
});

test('an applicant that is stored for another customer is not stored again', async () => {
  const world = await sumsubWorld();
  const other = await customer(world.context, 'none');
  world.context.services.sumsub.createApplicant = async () => ({ applicantId: world.applicantId });
  await expect(initiateVerification(world.context, other)).rejects.toMatchObject({ code: 'kyc_conflict' });
  expect((await kept(world))?.userId).toBe(world.user.id);
});

test('two tabs that start concurrently lead to one applicant', async () => {
  const world = await sumsubWorld();
  const other = await customer(world.context, 'none');
  const tokens = await Promise.all([1, 2, 3].map(() => initiateVerification(world.context, other)));
  expect(new Set(tokens.map(({ token }) => token)).size).toBe(3);
  const { applicants } = world.stack.emulator.state() as { applicants: { externalUserId: string }[] };
  expect(applicants.filter(({ externalUserId }) => externalUserId === other.id)).toHaveLength(1);
});
