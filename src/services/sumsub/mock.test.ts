import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { createSumsubMock, type MockOutcome } from './mock.ts';
import type { ReviewHint } from './service.ts';

function start(chooseOutcome?: (externalUserId: string) => MockOutcome | undefined, seed = 7) {
  const clock = new ManualClock();
  const sumsub = createSumsubMock({ clock, seed, ...(chooseOutcome && { chooseOutcome }) });
  return { clock, sumsub };
}

async function verify({ clock, sumsub }: ReturnType<typeof start>, externalUserId: string) {
  const { applicantId } = await sumsub.createApplicant({ externalUserId });
  await sumsub.getAccessToken(applicantId);
  clock.advance(3_000);
  return sumsub.getVerificationResult(applicantId);
}

test('a review does not start before a token is requested', async () => {
  const { clock, sumsub } = start();
  const { applicantId } = await sumsub.createApplicant({ externalUserId: 'kari' });
  clock.advance(3_600_000);
  expect(await sumsub.getApplicantStatus(applicantId)).toMatchObject({ reviewStatus: 'init' });
});

test('the review goes from pending through queued to completed in three seconds', async () => {
  const { clock, sumsub } = start(() => 'approved');
  const { applicantId } = await sumsub.createApplicant({ externalUserId: 'kari' });
  await sumsub.getAccessToken(applicantId);
  const seen: string[] = [];
  for (const durationMs of [0, 1_500, 1_499, 1]) {
    clock.advance(durationMs);
    seen.push((await sumsub.getApplicantStatus(applicantId)).reviewStatus);
  }
  expect(seen).toEqual(['pending', 'queued', 'queued', 'completed']);
});

test('an approval has a risk score of 15', async () => {
  expect(
    await verify(
      start(() => 'approved'),
      'kari',
    ),
  ).toMatchObject({ reviewAnswer: 'GREEN', riskScore: 15 });
});

test('a rejection has a risk score of 85, the label DOCUMENT_UNREADABLE and the type RETRY', async () => {
  expect(
    await verify(
      start(() => 'rejected'),
      'kari',
    ),
  ).toMatchObject({
    reviewAnswer: 'RED',
    reviewRejectType: 'RETRY',
    rejectLabels: ['DOCUMENT_UNREADABLE'],
    riskScore: 85,
  });
});

test('a review in progress has no risk score', async () => {
  const { sumsub } = start();
  const { applicantId } = await sumsub.createApplicant({ externalUserId: 'kari' });
  await sumsub.getAccessToken(applicantId);
  expect((await sumsub.getVerificationResult(applicantId)).riskScore).toBeUndefined();
});

describe('the seed', () => {
  async function answers(seed: number): Promise<(string | undefined)[]> {
    const mock = start(undefined, seed);
    const people = Array.from({ length: 1_000 }, (_, index) => `person-${index}`);
    const results = await Promise.all(people.map((person) => verify(mock, person)));
    return results.map(({ reviewAnswer }) => reviewAnswer);
  }

  test('approves nine in ten', async () => {
    const approved = (await answers(7)).filter((answer) => answer === 'GREEN').length;
    expect(approved).toBeGreaterThan(860);
    expect(approved).toBeLessThan(940);
  });

  test('gives the same customers the same answers', async () => {
    expect(await answers(7)).toEqual(await answers(7));
  });

  test('gives other answers when it changes', async () => {
    expect(await answers(7)).not.toEqual(await answers(8));
  });
});

test('a test can choose the outcome for one customer and leave the others to the seed', async () => {
  const mock = start((externalUserId) => (externalUserId === 'kari' ? 'rejected_finally' : undefined));
  expect(await verify(mock, 'kari')).toMatchObject({ reviewRejectType: 'FINAL' });
  const { applicantId } = await verify(mock, 'ola');
  expect(await verify(start(), 'ola')).toEqual({
    ...(await mock.sumsub.getVerificationResult(applicantId)),
    applicantId: expect.any(String),
  });
});

test('requesting more tokens does not restart a review', async () => {
  const mock = start(() => 'approved');
  const { applicantId } = await verify(mock, 'kari');
  await mock.sumsub.getAccessToken(applicantId);
  expect(await mock.sumsub.getApplicantStatus(applicantId)).toMatchObject({ reviewStatus: 'completed' });
});

test('a failed callback is called again after five minutes', async () => {
  const mock = start(() => 'approved');
  const hints: ReviewHint[] = [];
  mock.sumsub.onWebhook(async (hint) => {
    hints.push(hint);
    if (hints.length === 1) throw new RangeError('the database is away');
  });
  await verify(mock, 'kari');
  await setImmediate();
  mock.clock.advance(300_000);
  await setImmediate();
  mock.clock.advance(86_400_000);
  expect(hints).toHaveLength(2);
});

test('a reset removes applicants and reviews in progress', async () => {
  const { clock, sumsub } = start();
  const hints: ReviewHint[] = [];
  sumsub.onWebhook(async (hint) => {
    hints.push(hint);
  });
  const { applicantId } = await sumsub.createApplicant({ externalUserId: 'kari' });
  await sumsub.getAccessToken(applicantId);
  sumsub.reset();
  clock.advance(3_000);
  expect(hints).toEqual([]);
  await expect(sumsub.getApplicantStatus(applicantId)).rejects.toMatchObject({ code: 'kyc_conflict' });
});
