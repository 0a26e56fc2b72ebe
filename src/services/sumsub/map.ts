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
    // Normalised, because the customer sees it.
    moderationComment: moderationComment === undefined ? undefined : shownText(moderationComment),
  };
}

/** The presence that an event reports; undefined for an event about the review. */
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
  // Event types are an open set; no other type changes the presence.
  return undefined;
}

/**
 * The checks of a verification. Sumsub reports documents and selfies by step, but screening only by its findings: a
 * completed GREEN review has passed it, and a review with the corresponding label has failed it.
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
  // Steps are an open set, because levels are configured freely: a step without a name in Drop keeps its own.
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

/** A selfie counts as two checks. A refusal fails the check that its labels name, or both when they name neither. */
function selfieChecks(outcome: Outcome, rejectLabels: string[]): KycCheck[] {
  const named = [...faceMatchLabels, ...livenessLabels].some((label) => rejectLabels.includes(label));
  const check = (name: string, ownLabels: string[]): KycCheck => {
    if (outcome !== 'failed' || !named) return { name, outcome, rejectLabels };
    const own = rejectLabels.filter((label) => ownLabels.includes(label));
    // The other check was not named: it may have passed or not been made, so it is pending.
    return { name, outcome: own.length > 0 ? 'failed' : 'pending', rejectLabels: own };
  };
  return [check('liveness', livenessLabels), check('face_match', faceMatchLabels)];
}

function screening(name: string, label: string, status: ApplicantStatus): KycCheck {
  if (status.reviewStatus !== 'completed') return { name, outcome: 'pending', rejectLabels: [] };
  if (status.rejectLabels.includes(label)) return { name, outcome: 'failed', rejectLabels: [label] };
  return { name, outcome: status.reviewAnswer === 'GREEN' ? 'passed' : 'pending', rejectLabels: [] };
}
