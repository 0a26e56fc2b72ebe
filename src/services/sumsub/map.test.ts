import { describe, expect, test } from 'vitest';
import { toApplicantStatus, toChecks } from './map.ts';
import type { KycCheck } from '#domain/kyc/verdict.ts';
import { statusSchema, stepsSchema } from './wire.ts';

const applicantId = '5c9e177b0a975a6eeccf5960';

function statusOf(json: unknown) {
  return toApplicantStatus(applicantId, statusSchema.parse(json));
}

function checksOf(steps: unknown, status: unknown = { reviewStatus: 'pending' }) {
  const checks = toChecks(statusOf(status), stepsSchema.parse(steps));
  return (name: string): KycCheck | undefined => checks.find((check) => check.name === name);
}

describe('the status of an applicant', () => {
  /** The example of Sumsub's documentation: a reopened review that still contains the old answer. */
  const documented = {
    reviewId: 'anGLu',
    attemptCnt: 0,
    reprocessing: false,
    levelName: 'basic-kyc-level',
    createDate: '2024-03-18 06:46:20+0000',
    reviewResult: {
      moderationComment: 'We could not verify your profile.',
      clientComment: 'User was misled or forced.',
      reviewAnswer: 'RED',
      rejectLabels: ['FRAUDULENT_PATTERNS'],
      reviewRejectType: 'FINAL',
    },
    reviewStatus: 'init',
  };

  test('has a comment that is normalised for display', () => {
    const moderationComment = '\u202eUpload\u0000 a sharper\nphoto.\u202c';
    const status = statusOf({
      ...documented,
      reviewResult: { ...documented.reviewResult, moderationComment },
    });
    expect(status.moderationComment).toBe('Upload a sharper photo.');
  });

  test('is read as documented, without the internal comment', () => {
    const status = statusOf(documented);
    expect(status).toEqual({
      applicantId,
      levelName: 'basic-kyc-level',
      reviewStatus: 'init',
      reviewAnswer: 'RED',
      reviewRejectType: 'FINAL',
      rejectLabels: ['FRAUDULENT_PATTERNS'],
      moderationComment: 'We could not verify your profile.',
    });
    expect(JSON.stringify(status)).not.toContain('misled');
  });

  test('has no answer when none was given', () => {
    expect(statusOf({ reviewStatus: 'pending' })).toMatchObject({
      reviewAnswer: undefined,
      reviewRejectType: undefined,
      rejectLabels: [],
    });
  });

  test('maps unknown values to unknown', () => {
    const reviewResult = { reviewAnswer: 'YELLOW', reviewRejectType: 'MAYBE' };
    expect(statusOf({ reviewStatus: 'paused', reviewResult })).toMatchObject({
      reviewStatus: 'unknown',
      reviewAnswer: 'unknown',
      reviewRejectType: 'unknown',
    });
  });

  test('keeps every label that is a string, with any values beside it', () => {
    const reviewResult = { reviewAnswer: 'RED', rejectLabels: [null, 'SANCTIONS', { id: 7 }] };
    expect(statusOf({ reviewStatus: 'completed', reviewResult }).rejectLabels).toEqual(['SANCTIONS']);
  });

  test('has no answer when the result is null', () => {
    expect(statusOf({ reviewStatus: 'completed', reviewResult: null }).reviewAnswer).toBeUndefined();
  });

  test.each([
    ['that is not an object', 'GREEN'],
    ['without a status', {}],
    ['whose status is not a string', { reviewStatus: 7 }],
    ['whose result is not an object', { reviewStatus: 'completed', reviewResult: 'GREEN' }],
  ])('%s is refused, because it would revoke an approval', (_what, json) => {
    expect(statusSchema.safeParse(json).success).toBe(false);
  });
});

describe('the checks of a verification', () => {
  const green = { reviewResult: { reviewAnswer: 'GREEN' } };

  test('a refused document has the labels of its images', () => {
    const check = checksOf({
      IDENTITY: {
        reviewResult: { reviewAnswer: 'RED' },
        imageReviewResults: {
          34246467: { reviewAnswer: 'GREEN' },
          122352326: { reviewAnswer: 'RED', rejectLabels: ['DOCUMENT_PAGE_MISSING', 'FRONT_SIDE_MISSING'] },
        },
      },
    });
    expect(check('document')).toEqual({
      name: 'document',
      outcome: 'failed',
      rejectLabels: ['DOCUMENT_PAGE_MISSING', 'FRONT_SIDE_MISSING'],
    });
  });

  test('a step for which nothing was submitted is pending', () => {
    expect(checksOf({ IDENTITY: null })('document')?.outcome).toBe('pending');
  });

  test('a step without a result is pending', () => {
    expect(checksOf({ IDENTITY: { imageIds: [1] } })('document')?.outcome).toBe('pending');
  });

  test('a step with an answer that Drop does not know is pending', () => {
    const step = { reviewResult: { reviewAnswer: 'YELLOW' } };
    expect(checksOf({ IDENTITY: step })('document')?.outcome).toBe('pending');
  });

  test('a step in another form is pending', () => {
    expect(checksOf({ IDENTITY: 'GREEN' })('document')?.outcome).toBe('pending');
  });

  test('a passed selfie passes both liveness and face match', () => {
    const check = checksOf({ SELFIE: green });
    expect([check('liveness')?.outcome, check('face_match')?.outcome]).toEqual(['passed', 'passed']);
  });

  test('a face that does not match fails face match and leaves liveness pending', () => {
    const reviewResult = { reviewAnswer: 'RED', rejectLabels: ['BAD_FACE_MATCHING'] };
    const check = checksOf({ SELFIE: { reviewResult } });
    expect([check('liveness')?.outcome, check('face_match')?.outcome]).toEqual(['pending', 'failed']);
  });

  test('a face that is not live fails liveness', () => {
    const reviewResult = { reviewAnswer: 'RED', rejectLabels: ['FRAUDULENT_LIVENESS'] };
    const check = checksOf({ SELFIE: { reviewResult } });
    expect([check('liveness')?.outcome, check('face_match')?.outcome]).toEqual(['failed', 'pending']);
  });

  test('a selfie refused without a label fails both', () => {
    const check = checksOf({ SELFIE: { reviewResult: { reviewAnswer: 'RED' } } });
    expect([check('liveness')?.outcome, check('face_match')?.outcome]).toEqual(['failed', 'failed']);
  });

  test('a step without a name in Drop keeps its own', () => {
    expect(checksOf({ PROOF_OF_RESIDENCE: green })('PROOF_OF_RESIDENCE')?.outcome).toBe('passed');
  });

  test('screening passes only in a completed GREEN review', () => {
    const reviewResult = { reviewAnswer: 'GREEN' };
    expect(checksOf({}, { reviewStatus: 'completed', reviewResult })('sanctions')?.outcome).toBe('passed');
    expect(checksOf({}, { reviewStatus: 'awaitingService', reviewResult })('sanctions')?.outcome).toBe(
      'pending',
    );
  });

  test('a match on a sanctions list fails sanctions and leaves PEP pending', () => {
    const reviewResult = { reviewAnswer: 'RED', reviewRejectType: 'FINAL', rejectLabels: ['SANCTIONS'] };
    const check = checksOf({}, { reviewStatus: 'completed', reviewResult });
    expect(check('sanctions')).toEqual({ name: 'sanctions', outcome: 'failed', rejectLabels: ['SANCTIONS'] });
    expect(check('pep')?.outcome).toBe('pending');
  });

  test('a politically exposed person fails that check', () => {
    const reviewResult = { reviewAnswer: 'RED', reviewRejectType: 'FINAL', rejectLabels: ['PEP'] };
    expect(checksOf({}, { reviewStatus: 'completed', reviewResult })('pep')?.outcome).toBe('failed');
  });
});
