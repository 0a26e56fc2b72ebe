import type { KycCheck } from '#domain/kyc/verdict.ts';
import type { Access } from '#store/kyc/access-log.ts';
import type { KeptApplicant } from '#store/kyc/applicants.ts';
import type { VerdictChange } from '#store/kyc/verdict-changes.ts';
import type { ExplainedVerification } from '#usecases/operate/verification.ts';
import { plain } from './plain.ts';

/** The explanation as plain text. */
export function kycText({ userId, kycStatus, applicant, changes, accesses }: ExplainedVerification): string {
  return [
    `${userId}: ${kycStatus}`,
    ...section('Applicant', applicant ? [applicantLines(applicant)] : []),
    ...section('Changes of the verdict, latest first', changes.map(changeLines)),
    ...section('Accesses, latest first', accesses.map(accessLines)),
    '',
  ]
    .map(plain)
    .join('\n');
}

function section(title: string, entries: string[][]): string[] {
  return ['', `${title}:`, ...(entries.length === 0 ? ['  none'] : entries.flat())];
}

function applicantLines(applicant: KeptApplicant): string[] {
  const { applicantId, levelName, verdict, presence, checkedAt, dueAt } = applicant;
  const due = dueAt ? `, next read due ${minuteOf(dueAt)}` : '';
  return [
    `  ${applicantId} at ${levelName}: ${statusOf(verdict.status, verdict.canRetry)}, ${presence.presence}`,
    `    last read ${minuteOf(checkedAt)}${due}`,
  ];
}

function changeLines(change: VerdictChange): string[] {
  const { at, evidence, from, status, canRetry, rejectLabels, checks } = change;
  return [
    `  ${minuteOf(at)} by ${evidence}: ${from} → ${statusOf(status, canRetry)}`,
    `    ${reviewOf(change)}`,
    ...(rejectLabels.length > 0 ? [`    labels: ${rejectLabels.join(', ')}`] : []),
    ...(checks ? [`    checks: ${checks.map(checkOf).join(', ')}`] : []),
  ];
}

function reviewOf(change: VerdictChange): string {
  const { reviewStatus, reviewAnswer, rejectType, presence, levelName } = change;
  const read = reviewStatus
    ? ['review', reviewStatus, reviewAnswer, rejectType].filter(Boolean).join(' ')
    : 'no review';
  return `${read} at ${levelName}; applicant ${presence}`;
}

function checkOf({ name, outcome, rejectLabels }: KycCheck): string {
  return `${name} ${outcome}${rejectLabels.length > 0 ? ` (${rejectLabels.join(', ')})` : ''}`;
}

function accessLines({ at, actor, actorName, what, why }: Access): string[] {
  return [`  ${minuteOf(at)} ${[actor, actorName].filter(Boolean).join(' ')}: ${what}, ${why}`];
}

function statusOf(status: string, canRetry: boolean): string {
  return canRetry ? `${status}, retry allowed` : status;
}

/** For example `2026-11-24 10:30 UTC`. */
function minuteOf(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
