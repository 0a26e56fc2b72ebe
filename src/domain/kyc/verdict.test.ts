import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideKyc, type KycReview } from './verdict.ts';

const blank: KycReview = {
  reviewStatus: 'init',
  reviewAnswer: undefined,
  reviewRejectType: undefined,
  rejectLabels: [],
  moderationComment: undefined,
  levelName: 'basic-kyc-level',
};

const level = 'basic-kyc-level';

function verdictOf(review: Partial<KycReview>, requiredLevel = level): [string, boolean] {
  const { status, canRetry } = decideKyc({ ...blank, ...review }, requiredLevel);
  return [status, canRetry];
}

const completed = { reviewStatus: 'completed' } as const;

describe('a completed review', () => {
  test('GREEN approves', () => {
    expect(verdictOf({ ...completed, reviewAnswer: 'GREEN' })).toEqual(['approved', false]);
  });

  test.each([
    ['a kind of refusal', { reviewRejectType: 'FINAL' }],
    ['a label of a refusal', { rejectLabels: ['SANCTIONS'] }],
  ] as const)('GREEN with %s approves nobody and refuses nobody', (_what, contradiction) => {
    const rejectLabels = 'rejectLabels' in contradiction ? [...contradiction.rejectLabels] : [];
    const review = { ...completed, reviewAnswer: 'GREEN', ...contradiction, rejectLabels } as const;
    expect(verdictOf(review)).toEqual(['pending', false]);
  });

  test('RED that asks for a retry is pending, and the customer may try again', () => {
    const review = { ...completed, reviewAnswer: 'RED', reviewRejectType: 'RETRY' } as const;
    expect(verdictOf(review)).toEqual(['pending', true]);
  });

  test('a literal RETRY is pending, and the customer may try again', () => {
    expect(verdictOf({ ...completed, reviewAnswer: 'RETRY' })).toEqual(['pending', true]);
  });

  test('RED that is final rejects without a retry', () => {
    const review = { ...completed, reviewAnswer: 'RED', reviewRejectType: 'FINAL' } as const;
    expect(verdictOf(review)).toEqual(['rejected', false]);
  });

  test('RED without a type rejects and allows a retry', () => {
    expect(verdictOf({ ...completed, reviewAnswer: 'RED' })).toEqual(['rejected', true]);
  });

  test('RED of an unknown type rejects and allows a retry', () => {
    const review = { ...completed, reviewAnswer: 'RED', reviewRejectType: 'unknown' } as const;
    expect(verdictOf(review)).toEqual(['rejected', true]);
  });

  test('an unknown answer is pending', () => {
    expect(verdictOf({ ...completed, reviewAnswer: 'unknown' })).toEqual(['pending', false]);
  });

  test('a missing answer is pending', () => {
    expect(verdictOf(completed)).toEqual(['pending', false]);
  });

  test('a refusal includes the labels and the comment for the customer', () => {
    const review: KycReview = {
      ...blank,
      ...completed,
      reviewAnswer: 'RED',
      reviewRejectType: 'RETRY',
      rejectLabels: ['SCREENSHOTS'],
      moderationComment: 'Please upload an original photo.',
    };
    const verdict = decideKyc(review, level);
    expect(verdict.labels).toEqual(['SCREENSHOTS']);
    expect(verdict.customerComment).toBe('Please upload an original photo.');
  });
});

describe('an approval and its level', () => {
  const green = { ...completed, reviewAnswer: 'GREEN' } as const;

  test('an approval at the required level is valid', () => {
    expect(verdictOf(green, 'basic-kyc-level')).toEqual(['approved', false]);
  });

  test('an approval at another level is not valid, and the customer may continue', () => {
    expect(verdictOf(green, 'enhanced-kyc-level')).toEqual(['pending', true]);
  });

  test('an approval at an unknown level is not valid', () => {
    expect(verdictOf({ ...green, levelName: undefined }, 'basic-kyc-level')).toEqual(['pending', true]);
  });
});

describe('a review that is not completed', () => {
  test.each([
    ['init', 'pending', true],
    ['awaitingUser', 'pending', true],
    ['pending', 'pending', false],
    ['prechecked', 'queued', false],
    ['queued', 'queued', false],
    ['onHold', 'queued', false],
    ['awaitingService', 'queued', false],
    ['unknown', 'pending', false],
  ] as const)('%s is %s', (reviewStatus, status, canRetry) => {
    expect(verdictOf({ reviewStatus })).toEqual([status, canRetry]);
  });

  test('an old final refusal in a reopened review is ignored', () => {
    const old: KycReview = {
      ...blank,
      reviewAnswer: 'RED',
      reviewRejectType: 'FINAL',
      rejectLabels: ['FRAUDULENT_PATTERNS'],
      moderationComment: 'old words',
    };
    const verdict = decideKyc(old, level);
    expect(verdict).toEqual({ status: 'pending', canRetry: true, labels: [], customerComment: undefined });
  });
});

test('only a completed GREEN at the required level, without a refusal, approves', () => {
  const statuses = [
    'init',
    'pending',
    'prechecked',
    'queued',
    'completed',
    'onHold',
    'awaitingUser',
    'awaitingService',
    'unknown',
  ] as const;
  const reviews = fc.record({
    reviewStatus: fc.constantFrom(...statuses),
    reviewAnswer: fc.constantFrom('GREEN', 'RED', 'RETRY', 'unknown', undefined),
    reviewRejectType: fc.constantFrom('RETRY', 'FINAL', 'unknown', undefined),
    rejectLabels: fc.array(fc.string()),
    moderationComment: fc.option(fc.string(), { nil: undefined }),
    levelName: fc.constantFrom('basic-kyc-level', 'enhanced-kyc-level', undefined),
  });
  fc.assert(
    fc.property(reviews, (review) => {
      const { reviewStatus, reviewAnswer, levelName, reviewRejectType, rejectLabels } = review;
      const isGreen = reviewStatus === 'completed' && reviewAnswer === 'GREEN' && levelName === level;
      const isRefusal = reviewRejectType !== undefined || rejectLabels.length > 0;
      expect(decideKyc(review, level).status === 'approved').toBe(isGreen && !isRefusal);
    }),
  );
});
