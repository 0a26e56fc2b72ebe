import type { KycCheck } from '#domain/kyc/verdict.ts';
import type { Presence } from '#domain/kyc/standing.ts';
import { shownText } from '#domain/shown-text.ts';
import type { ApplicantStatus } from './service.ts';
import type { WireStatus, WireSteps, WireStep } from './wire.ts';

export function toApplicantStatus(applicantId: string, wire: WireStatus): ApplicantStatus {
  const moderationComment = wire.reviewResult?.moderationComment;
  return {
    applicantId,
    levelName: wire.levelName,
    reviewStatus: wire.reviewStatus,
    reviewAnswer: wire.reviewResult?.reviewAnswer,
    reviewRejectType: wire.reviewResult?.reviewRejectType,
    rejectLabels: wire.reviewResult?.rejectLabels ?? [],
    // For the customer to read.
    moderationComment: moderationComment === undefined ? undefined : shownText(moderationComment),
  };
}

/** What an event says of the applicant's presence; nothing where it is about the review. */
export function toPresence(eventType: string): Presence | undefined {
  switch (eventType) {
    case 'applicantActivated':
      return 'present';
    case 'applicantDeactivated':
      return 'deactivated';
    case 'applicantDeleted':
    case 'applicantPersonalDataDeleted':
      return 'deleted';
  }
  // Types are an open set, and all others leave the applicant where they are.
  return undefined;
}

/**
 * The checks of a verification. Sumsub reports documents and selfies by step, and screening only by what it found: a
 * review that is completed and GREEN has passed it, and one that carries its label has failed it.
 */
export function toChecks(status: ApplicantStatus, steps: WireSteps): KycCheck[] {
  const ofSteps = Object.entries(steps).flatMap(([step, wire]) => checksOfStep(step, wire));
  return [...ofSteps, screening('sanctions', 'SANCTIONS', status), screening('pep', 'PEP', status)];
}

type Outcome = KycCheck['outcome'];

function checksOfStep(step: string, wire: WireStep | null): KycCheck[] {
  const rejectLabels = labelsOf(wire);
  const outcome = outcomeOf(wire);
  switch (step) {
    case 'IDENTITY':
      return [{ name: 'document', outcome, rejectLabels }];
    case 'SELFIE':
      return selfieChecks(outcome, rejectLabels);
  }
  // Steps are an open set (levels are composed freely): one that has no name of ours keeps its own.
  return [{ name: step, outcome, rejectLabels }];
}

function outcomeOf(wire: WireStep | null): Outcome {
  const answer = wire?.reviewResult?.reviewAnswer;
  switch (answer) {
    case 'GREEN':
      return 'passed';
    case 'RED':
      return 'failed';
    case 'RETRY':
    case 'unknown':
    case undefined:
      return 'pending';
  }
}

/** A step's labels are in its own result or in those of its images. */
function labelsOf(wire: WireStep | null): string[] {
  const results = [wire?.reviewResult, ...Object.values(wire?.imageReviewResults ?? {})];
  return [...new Set(results.flatMap((result) => result?.rejectLabels ?? []))];
}

/** Source: Sumsub, "Rejection labels". */
const faceMatchLabels = ['BAD_FACE_MATCHING', 'SELFIE_MISMATCH'];
const livenessLabels = ['BAD_SELFIE', 'BAD_VIDEO_SELFIE', 'FRAUDULENT_LIVENESS'];

/** One selfie is two checks. A refusal blames the one that its labels name, or both when they name neither. */
function selfieChecks(outcome: Outcome, rejectLabels: string[]): KycCheck[] {
  const named = [...faceMatchLabels, ...livenessLabels].some((label) => rejectLabels.includes(label));
  const check = (name: string, ownLabels: string[]): KycCheck => {
    if (outcome !== 'failed' || !named) return { name, outcome, rejectLabels };
    const own = rejectLabels.filter((label) => ownLabels.includes(label));
    // The other one was not named: it may have passed or not been made, and unknown is pending.
    return { name, outcome: own.length > 0 ? 'failed' : 'pending', rejectLabels: own };
  };
  return [check('liveness', livenessLabels), check('face_match', faceMatchLabels)];
}

function screening(name: string, label: string, status: ApplicantStatus): KycCheck {
  if (status.reviewStatus !== 'completed') return { name, outcome: 'pending', rejectLabels: [] };
  if (status.rejectLabels.includes(label)) return { name, outcome: 'failed', rejectLabels: [label] };
  return { name, outcome: status.reviewAnswer === 'GREEN' ? 'passed' : 'pending', rejectLabels: [] };
}
