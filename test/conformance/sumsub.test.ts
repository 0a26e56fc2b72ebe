import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { decideKyc } from '#domain/kyc/verdict.ts';
import { createSumsubMock, type MockOutcome } from '#services/sumsub/mock.ts';
import type { ReviewHint, Sumsub } from '#services/sumsub/service.ts';
import { startSumsubStack } from './sumsub-stack.ts';

interface Subject {
  sumsub: Sumsub;
  /** Gets a token and hands in documents; the review is not over yet. */
  submit(applicantId: string, outcome: MockOutcome): Promise<void>;
  /** Lets the review that is under way come to its end, and its webhook arrive. */
  finish(): Promise<void>;
  close: () => Promise<void>;
}

const externalUserId = 'b7a3a0c2-5f0e-4a57-9c58-0f8c9d1e2a3b';

const implementations: Record<string, () => Promise<Subject>> = {
  async mock() {
    const clock = new ManualClock();
    let next: MockOutcome = 'approved';
    const sumsub = createSumsubMock({ clock, seed: 1, chooseOutcome: () => next });
    return {
      sumsub,
      async submit(applicantId, outcome) {
        next = outcome;
        await sumsub.getAccessToken(applicantId);
      },
      async finish() {
        clock.advance(3_000);
      },
      close: async () => undefined,
    };
  },

  async 'client on the emulator'() {
    const stack = await startSumsubStack();
    const outcomes: Record<MockOutcome, string> = {
      approved: 'approved',
      rejected: 'blurred_document',
      rejected_finally: 'refused_for_good',
      on_hold: 'manual_review',
    };
    return {
      sumsub: stack.client,
      async submit(applicantId, outcome) {
        await stack.client.getAccessToken(applicantId);
        const done = await stack.act('submit_documents', { externalUserId, outcome: outcomes[outcome] });
        expect(done).toEqual({ done: true });
      },
      async finish() {
        stack.clock.advance(1_000);
        await stack.settled();
      },
      close: stack.close,
    };
  },
};

describe.each(Object.entries(implementations))('Sumsub: %s', (_name, start) => {
  let subject: Subject;
  let hints: ReviewHint[];

  beforeEach(async () => {
    subject = await start();
    hints = [];
    subject.sumsub.onWebhook(async (hint) => {
      hints.push(hint);
    });
  });
  afterEach(() => subject.close());

  async function verdict(applicantId: string) {
    return decideKyc(await subject.sumsub.getApplicantStatus(applicantId), 'basic-kyc-level');
  }

  test('an applicant is created, with nothing decided', async () => {
    const { applicantId } = await subject.sumsub.createApplicant({
      externalUserId,
      email: 'kari@example.no',
    });
    expect(await subject.sumsub.getApplicantStatus(applicantId)).toEqual({
      applicantId,
      levelName: 'basic-kyc-level',
      reviewStatus: 'init',
      reviewAnswer: undefined,
      reviewRejectType: undefined,
      rejectLabels: [],
      moderationComment: undefined,
    });
  });

  test('an applicant who exists is found again', async () => {
    const first = await subject.sumsub.createApplicant({ externalUserId });
    expect(await subject.sumsub.createApplicant({ externalUserId, phone: '+4790000000' })).toEqual(first);
  });

  test('two customers are two applicants', async () => {
    const first = await subject.sumsub.createApplicant({ externalUserId });
    const second = await subject.sumsub.createApplicant({ externalUserId: 'somebody / else & more' });
    expect(second.applicantId).not.toBe(first.applicantId);
  });

  test('a token is given, and two do not stop each other', async () => {
    const { applicantId } = await subject.sumsub.createApplicant({ externalUserId });
    const { token } = await subject.sumsub.getAccessToken(applicantId);
    expect(token).toMatch(/^_act-/);
    await expect(subject.sumsub.getAccessToken(applicantId)).resolves.toHaveProperty('token');
  });

  test('a review that is under way decides nothing', async () => {
    const { applicantId } = await subject.sumsub.createApplicant({ externalUserId });
    await subject.submit(applicantId, 'approved');
    expect(await verdict(applicantId)).toMatchObject({ status: 'pending', canRetry: false });
  });

  test('a review that ends GREEN approves, and the callback is told', async () => {
    const { applicantId } = await subject.sumsub.createApplicant({ externalUserId });
    await subject.submit(applicantId, 'approved');
    await subject.finish();
    expect(hints).toContainEqual(expect.objectContaining({ applicantId, externalUserId }));
    expect(await verdict(applicantId)).toMatchObject({ status: 'approved', canRetry: false, labels: [] });
  });

  test('a review that ends with RETRY is pending, with reasons and a way to try again', async () => {
    const { applicantId } = await subject.sumsub.createApplicant({ externalUserId });
    await subject.submit(applicantId, 'rejected');
    await subject.finish();
    const decided = await verdict(applicantId);
    expect(decided).toMatchObject({ status: 'pending', canRetry: true });
    expect(decided.labels).toHaveLength(1);
    expect(decided.customerComment).toEqual(expect.any(String));
  });

  test('an applicant is deactivated, and once is the same as twice', async () => {
    const { applicantId } = await subject.sumsub.createApplicant({ externalUserId });
    await subject.submit(applicantId, 'approved');
    await subject.finish();
    await subject.sumsub.deactivateApplicant(applicantId);
    await expect(subject.sumsub.deactivateApplicant(applicantId)).resolves.toBeUndefined();
  });

  test('an applicant under review is not deactivated', async () => {
    const { applicantId } = await subject.sumsub.createApplicant({ externalUserId });
    await subject.submit(applicantId, 'approved');
    const early = subject.sumsub.deactivateApplicant(applicantId);
    await expect(early).rejects.toMatchObject({ code: 'kyc_conflict' });
  });

  test('an unknown applicant cannot be deactivated', async () => {
    const unknown = subject.sumsub.deactivateApplicant('0123456789abcdef01234567');
    await expect(unknown).rejects.toMatchObject({ code: 'kyc_conflict', details: { httpStatus: 404 } });
  });

  test('a second attempt can succeed where the first did not', async () => {
    const { applicantId } = await subject.sumsub.createApplicant({ externalUserId });
    await subject.submit(applicantId, 'rejected');
    await subject.finish();
    await subject.submit(applicantId, 'approved');
    expect(await verdict(applicantId)).toMatchObject({ status: 'pending', canRetry: false, labels: [] });
    await subject.finish();
    expect(await verdict(applicantId)).toMatchObject({ status: 'approved' });
  });

  test('a review that ends FINAL rejects for good', async () => {
    const { applicantId } = await subject.sumsub.createApplicant({ externalUserId });
    await subject.submit(applicantId, 'rejected_finally');
    await subject.finish();
    expect(await verdict(applicantId)).toMatchObject({ status: 'rejected', canRetry: false });
  });

  test('a review that needs a person is queued', async () => {
    const { applicantId } = await subject.sumsub.createApplicant({ externalUserId });
    await subject.submit(applicantId, 'on_hold');
    await subject.finish();
    expect(await verdict(applicantId)).toMatchObject({ status: 'queued', canRetry: false });
  });

  test('every check is pending before anything was submitted', async () => {
    const { applicantId } = await subject.sumsub.createApplicant({ externalUserId });
    const { checks } = await subject.sumsub.getVerificationResult(applicantId);
    expect(outcomesOf(checks)).toEqual({ ...allOf('pending') });
  });

  test('every check has passed in an approved verification', async () => {
    const { applicantId } = await subject.sumsub.createApplicant({ externalUserId });
    await subject.submit(applicantId, 'approved');
    await subject.finish();
    const result = await subject.sumsub.getVerificationResult(applicantId);
    expect(result).toMatchObject(await subject.sumsub.getApplicantStatus(applicantId));
    expect(outcomesOf(result.checks)).toEqual({ ...allOf('passed') });
  });

  test('an unreadable document has failed, with its label', async () => {
    const { applicantId } = await subject.sumsub.createApplicant({ externalUserId });
    await subject.submit(applicantId, 'rejected');
    await subject.finish();
    const result = await subject.sumsub.getVerificationResult(applicantId);
    const document = result.checks.find((check) => check.name === 'document');
    expect(document).toEqual({ name: 'document', outcome: 'failed', rejectLabels: result.rejectLabels });
  });

  test.each(['getAccessToken', 'getApplicantStatus', 'getVerificationResult'] as const)(
    '%s of an applicant that does not exist is a conflict',
    async (method) => {
      const unknown = subject.sumsub[method]('0123456789abcdef01234567');
      await expect(unknown).rejects.toMatchObject({ code: 'kyc_conflict' });
    },
  );
});

function outcomesOf(checks: { name: string; outcome: string }[]): Record<string, string> {
  return Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]));
}

function allOf(outcome: string): Record<string, string> {
  const names = ['document', 'liveness', 'face_match', 'sanctions', 'pep'];
  return Object.fromEntries(names.map((name) => [name, outcome]));
}
