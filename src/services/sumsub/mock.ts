import { createHash } from 'node:crypto';
import type { Clock, Scheduled } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { KycCheck } from '#domain/kyc/verdict.ts';
import type { ApplicantStatus, ReviewHint, Sumsub, VerificationResult } from './service.ts';

/** How a mock review ends: GREEN, RED that asks for a retry, RED that is final, or left in manual review. */
export type MockOutcome = 'approved' | 'rejected' | 'rejected_finally' | 'on_hold';

export interface SumsubMockOptions {
  clock: Clock;
  /** The same seed gives the same customer the same outcomes. */
  seed: number;
  /** Overrides the seed for an external user id; undefined uses the seed. */
  chooseOutcome?: (externalUserId: string, attempt: number) => MockOutcome | undefined;
  levelName?: string;
}

const queuedAfterMs = 1_500;
const completedAfterMs = 3_000;
const approvedPercent = 90;
/** Sumsub's redelivery delays for a webhook that was not accepted: 5 min, 1 h, 5 h, 18 h. */
const redeliveryDelaysMs = [300_000, 3_600_000, 18_000_000, 64_800_000];

interface MockApplicant {
  applicantId: string;
  externalUserId: string;
  attempt: number;
  reviewStatus: ApplicantStatus['reviewStatus'];
  outcome: MockOutcome | undefined;
}

/**
 * An in-process Sumsub: no network, deterministic, in memory only. Mock mode has no WebSDK page, so requesting an
 * access token counts as the submission; the review is completed 3 s later and the callback is called.
 */
export function createSumsubMock(options: SumsubMockOptions): Sumsub & { reset(): void } {
  const { clock, seed, levelName = 'basic-kyc-level' } = options;
  const applicants = new Map<string, MockApplicant>();
  const scheduled = new Set<Scheduled>();
  let callback: ((hint: ReviewHint) => Promise<void>) | undefined;

  function later(delayMs: number, task: () => void): void {
    const entry = clock.schedule(delayMs, () => {
      scheduled.delete(entry);
      task();
    });
    scheduled.add(entry);
  }

  function tell({ applicantId, externalUserId }: MockApplicant, delivery = 0): void {
    callback?.({ applicantId, externalUserId, presence: undefined, at: clock.now() }).catch(() => {
      const delayMs = redeliveryDelaysMs[delivery];
      const applicant = applicants.get(externalUserId);
      if (delayMs !== undefined && applicant) later(delayMs, () => tell(applicant, delivery + 1));
    });
  }

  function submit(applicant: MockApplicant): void {
    const { externalUserId } = applicant;
    applicant.attempt += 1;
    applicant.reviewStatus = 'pending';
    const chosen = options.chooseOutcome?.(externalUserId, applicant.attempt);
    const outcome = chosen ?? outcomeFromSeed(seed, externalUserId, applicant.attempt);
    applicant.outcome = outcome;
    later(queuedAfterMs, () => {
      applicant.reviewStatus = 'queued';
    });
    later(completedAfterMs, () => {
      applicant.reviewStatus = outcome === 'on_hold' ? 'onHold' : 'completed';
      tell(applicant);
    });
  }

  return {
    async createApplicant({ externalUserId }) {
      const existing = applicants.get(externalUserId);
      if (existing) return { applicantId: existing.applicantId };
      // An applicant that is created again after a restart gets another id, as at Sumsub.
      const applicantId = applicantIdOf(`${seed}:${externalUserId}:${clock.now().getTime()}`);
      applicants.set(externalUserId, begun({ applicantId, externalUserId }));
      return { applicantId };
    },

    async findApplicant(externalUserId) {
      const existing = applicants.get(externalUserId);
      return existing && { applicantId: existing.applicantId };
    },

    async getAccessToken(applicantId) {
      const applicant = find(applicants, applicantId);
      if (maySubmit(applicant)) submit(applicant);
      return tokenOf(applicant);
    },

    async getApplicantStatus(applicantId) {
      return statusOf(find(applicants, applicantId), levelName);
    },

    async getVerificationResult(applicantId) {
      return resultOf(find(applicants, applicantId), levelName);
    },

    async deactivateApplicant(applicantId) {
      assertNotUnderReview(find(applicants, applicantId));
    },

    onWebhook(next) {
      callback = next;
    },

    reset() {
      applicants.clear();
      for (const entry of scheduled) entry.cancel();
      scheduled.clear();
    },
  };
}

function find(applicants: Map<string, MockApplicant>, applicantId: string): MockApplicant {
  const found = [...applicants.values()].find((applicant) => applicant.applicantId === applicantId);
  if (found) return found;
  throw new DropError('kyc_conflict', { message: 'no such applicant', provider: 'sumsub', httpStatus: 404 });
}

function begun(ids: Pick<MockApplicant, 'applicantId' | 'externalUserId'>): MockApplicant {
  return { ...ids, attempt: 0, reviewStatus: 'init', outcome: undefined };
}

function assertNotUnderReview({ reviewStatus }: MockApplicant): void {
  if (reviewStatus !== 'pending' && reviewStatus !== 'queued') return;
  const message = 'the review is under way';
  throw new DropError('kyc_conflict', { message, provider: 'sumsub', httpStatus: 409 });
}

function resultOf(applicant: MockApplicant, levelName: string): VerificationResult {
  const riskScore = riskScoreOf(applicant);
  return { ...statusOf(applicant, levelName), checks: checksOf(applicant), riskScore };
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function applicantIdOf(text: string): string {
  return hash(text).toString('hex').slice(0, 24);
}

function outcomeFromSeed(seed: number, externalUserId: string, attempt: number): MockOutcome {
  const drawn = hash(`${seed}:${externalUserId}:${attempt}`).readUInt32BE() % 100;
  return drawn < approvedPercent ? 'approved' : 'rejected';
}

function tokenOf({ applicantId, externalUserId, attempt }: MockApplicant) {
  return { token: `_act-mock-${applicantId}-${attempt}`, externalUserId };
}

/** A review that is in progress, approved or finally rejected is not restarted. */
function maySubmit({ reviewStatus, outcome }: MockApplicant): boolean {
  return reviewStatus === 'init' || (reviewStatus === 'completed' && outcome === 'rejected');
}

function statusOf(applicant: MockApplicant, levelName: string): ApplicantStatus {
  const { applicantId, reviewStatus, outcome } = applicant;
  const base = { applicantId, levelName, reviewStatus };
  const rejected = outcome === 'rejected' || outcome === 'rejected_finally';
  if (reviewStatus !== 'completed' || !rejected) {
    const reviewAnswer = reviewStatus === 'completed' ? 'GREEN' : undefined;
    const nothing = { reviewRejectType: undefined, rejectLabels: [], moderationComment: undefined };
    return { ...base, reviewAnswer, ...nothing };
  }
  return {
    ...base,
    reviewAnswer: 'RED',
    reviewRejectType: outcome === 'rejected' ? 'RETRY' : 'FINAL',
    rejectLabels: ['DOCUMENT_UNREADABLE'],
    moderationComment: 'The document could not be read. Please upload a sharper photo.',
  };
}

function riskScoreOf({ reviewStatus, outcome }: MockApplicant): number | undefined {
  if (reviewStatus !== 'completed') return undefined;
  return outcome === 'approved' ? 15 : 85;
}

/** A rejected applicant fails the document check; the other checks pass once the review is completed. */
function checksOf({ reviewStatus, outcome }: MockApplicant): KycCheck[] {
  const done = reviewStatus === 'completed';
  const others = ['liveness', 'face_match', 'sanctions', 'pep'];
  const document: KycCheck =
    done && outcome !== 'approved'
      ? { name: 'document', outcome: 'failed', rejectLabels: ['DOCUMENT_UNREADABLE'] }
      : { name: 'document', outcome: done ? 'passed' : 'pending', rejectLabels: [] };
  const passed = others.map((name): KycCheck => {
    return { name, outcome: done ? 'passed' : 'pending', rejectLabels: [] };
  });
  return [document, ...passed];
}
