import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { purgeFormerCustomers } from '#store/former-customers.ts';
import { accessesOf, purgeOldAccesses, logAccess } from '#store/kyc/access-log.ts';
import type { Database } from '#store/database.ts';
import { verdictChangesOf } from '#store/kyc/verdict-changes.ts';
import { initiateVerification, verificationState } from '#usecases/kyc/verify.ts';
import { reconcileReview } from '#usecases/kyc/reconcile.ts';
import { sumsubWorld, type SumsubWorld } from '../../support/sumsub-context.ts';

async function history({ context, user }: SumsubWorld) {
  return verdictChangesOf(context.store.database, user.id, 100);
}

async function accesses({ context, user }: SumsubWorld) {
  const rows = await accessesOf(context.store.database, user.id, 100);
  return rows.map(({ actor, what }) => `${actor}: ${what}`);
}

const dayMs = 86_400_000;

test('a verdict is explained by the review as read, check by check', async () => {
  const world = await sumsubWorld();
  await world.review('face_mismatch');
  expect((await history(world))[0]).toMatchObject({
    evidence: 'webhook',
    status: 'pending',
    canRetry: true,
    presence: 'present',
    reviewStatus: 'completed',
    reviewAnswer: 'RED',
    rejectType: 'RETRY',
    rejectLabels: ['BAD_FACE_MATCHING'],
    checks: expect.arrayContaining([
      { name: 'document', outcome: 'passed', rejectLabels: [] },
      { name: 'face_match', outcome: 'failed', rejectLabels: ['BAD_FACE_MATCHING'] },
    ]),
    at: world.context.clock.now(),
  });
});

test('an unknown check keeps its name', async () => {
  const world = await sumsubWorld();
  const { sumsub } = world.context.services;
  const checks = [{ name: 'QUESTIONNAIRE', outcome: 'failed' as const, rejectLabels: ['NEW_LABEL'] }];
  const result = async (applicantId: string) => ({
    ...(await sumsub.getVerificationResult(applicantId)),
    checks,
  });
  world.context.services.sumsub = { ...sumsub, getVerificationResult: result };
  await world.review('document_refused');
  expect((await history(world))[0]).toMatchObject({ checks });
});

test('an approval that monitoring revokes leaves both verdicts in the history', async () => {
  const world = await sumsubWorld();
  await world.review('approved');
  await world.review('sanctions_match');
  const [latest, before] = await history(world);
  expect(latest).toMatchObject({ from: 'approved', status: 'rejected', rejectType: 'FINAL' });
  expect(before).toMatchObject({ status: 'approved', reviewAnswer: 'GREEN' });
});

test('the same verdict again adds no entry', async () => {
  const world = await sumsubWorld();
  await world.review('approved');
  const changes = await history(world);
  await world.review('approved');
  await reconcileReview(world.context, { applicantId: world.applicantId });
  expect(await history(world)).toEqual(changes);
});

test('unreadable checks do not delay a verdict', async () => {
  const world = await sumsubWorld();
  await world.review('approved');
  world.stack.faults.add({ operation: 'required_documents', effect: 'status', status: 500 });
  await world.review('sanctions_match');
  expect(await world.kycStatus()).toBe('rejected');
  expect((await history(world))[0]).toMatchObject({ status: 'rejected', checks: null });
});

test('an absent applicant adds an entry without a review', async () => {
  const world = await sumsubWorld();
  await world.review('approved');
  world.stack.emulator.reset();
  await reconcileReview(world.context, { applicantId: world.applicantId });
  expect((await history(world))[0]).toMatchObject({
    status: 'none',
    presence: 'absent',
    reviewStatus: null,
  });
});

test('accesses by the customer and by jobs are recorded once a day each', async () => {
  const world = await sumsubWorld();
  await initiateVerification(world.context, world.user);
  await world.review('blurred_document');
  for (let look = 0; look < 3; look += 1) await verificationState(world.context, world.user);
  expect((await accesses(world)).sort()).toEqual(['job: review', 'person: token', 'person: verdict']);
  world.context.clock.advance(dayMs);
  await verificationState(world.context, world.user);
  expect(await accesses(world)).toHaveLength(4);
});

test('accesses by an operator are recorded each time', async () => {
  const world = await sumsubWorld();
  const { database } = world.context.store;
  const by = { actor: 'operator', actorName: 'ida', what: 'history', why: 'complaint 7' } as const;
  const access = { ...by, userId: world.user.id, at: world.context.clock.now() };
  await logAccess(database, access);
  await logAccess(database, access);
  expect((await accesses(world)).filter((each) => each === 'operator: history')).toHaveLength(2);
});

test.each(['kyc_access_log', 'kyc_verdict_changes'])('rows of %s cannot be changed', async (table) => {
  const world = await sumsubWorld();
  await world.review('approved');
  const { database } = world.context.store;
  const changing = sql`update ${sql.table(table)} set at = now()`.execute(database);
  await expect(changing).rejects.toThrow(`${table} is only ever added to`);
});

test('an access is deleted after five years and not before', async () => {
  const world = await sumsubWorld();
  const { database } = world.context.store;
  const old = { actor: 'operator', actorName: 'ida', what: 'history', why: 'x' } as const;
  await logAccess(database, { ...old, userId: world.user.id, at: new Date('2019-01-01T00:00:00Z') });
  expect(await purgeOldAccesses(database, new Date('2020-01-01T00:00:00Z'))).toBe(1);
  const tooEarly = purgeOldAccesses(database, new Date('2100-01-01T00:00:00Z'));
  await expect(tooEarly).rejects.toThrow('only ever added to');
});

/** A verified customer whose row is then deleted. */
async function former(goneAt?: string): Promise<SumsubWorld> {
  const world = await sumsubWorld();
  await world.review('approved');
  const { database } = world.context.store;
  if (goneAt !== undefined)
    await database
      .insertInto('former_customers')
      .values({ user_id: world.user.id, gone_at: new Date(goneAt) })
      .execute();
  await database.deleteFrom('users').where('id', '=', world.user.id).execute();
  return world;
}

const old = {
  before: new Date('2020-01-01T00:00:00Z'),
  limit: 10,
  at: new Date('2026-01-01T00:00:00Z'),
  newSalt: () => 'salt',
};

async function purge(database: Database, which: typeof old = old): Promise<number> {
  return database.transaction().execute((transaction) => purgeFormerCustomers(transaction, which));
}

test('the verdicts on a former customer are deleted after five years', async () => {
  const world = await former('2019-01-01T00:00:00Z');
  const { database } = world.context.store;
  expect(await purge(database)).toBe(1);
  expect(await history(world)).toEqual([]);
  expect(await database.selectFrom('former_customers').selectAll().execute()).toEqual([]);
});

test('the verdicts on a recent former customer are kept, and the database refuses to delete them', async () => {
  const world = await former();
  const { database } = world.context.store;
  expect(await purge(database)).toBe(0);
  const tooEarly = purge(database, { ...old, before: new Date('2100-01-01T00:00:00Z') });
  await expect(tooEarly).rejects.toThrow('is kept for five years after the customer has gone');
  expect(await history(world)).toHaveLength(2);
});

test('the verdicts on a present customer are not deleted', async () => {
  const world = await sumsubWorld();
  const deleting = world.context.store.database.deleteFrom('kyc_verdict_changes').execute();
  await expect(deleting).rejects.toThrow('is kept for five years after the customer has gone');
});

test('the time when a customer left cannot be set back', async () => {
  const { context } = await former();
  const changing = context.store.database
    .updateTable('former_customers')
    .set({ gone_at: new Date('2019-01-01T00:00:00Z') })
    .execute();
  await expect(changing).rejects.toThrow('former_customers is only ever added to');
});
