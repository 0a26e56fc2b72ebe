import { dueAt } from '#domain/kyc/due.ts';
import { isSameVerdict } from '#domain/kyc/standing.ts';
import type { KycStatus } from '#domain/kyc/verdict.ts';
import { announceChange } from '#store/changes.ts';
import type { OpenTransaction, Queries } from '#store/database.ts';
import { keepVerdict, lockApplicant, type KeptApplicant } from '#store/kyc/applicants.ts';
import { insertVerdictChange } from '#store/kyc/verdict-changes.ts';
import type { VerdictEvidence } from '#store/tables/verification.ts';
import { setKycStatus } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { raise } from '../alerts/raise.ts';
import type { Reading } from './reconcile.ts';
import { tellVerdict } from './tell-verdict.ts';

export interface ReadingToKeep extends Reading {
  /** As it was before it was asked about. */
  kept: KeptApplicant;
  evidence: VerdictEvidence;
}

/**
 * Keeps what was read, with its history, in one transaction; the right to pay comes and goes with it. False when
 * another reading was kept since `kept`: it is not known which of the two is newer, so the review has to be read again.
 */
export async function keepReading(context: UseCaseContext, reading: ReadingToKeep): Promise<boolean> {
  const { kept, verdict } = reading;
  const lost = { userId: kept.userId, status: verdict.status };
  const isLost = kept.verdict.status === 'approved' && verdict.status !== 'approved';
  const isKept = await context.store.database.transaction().execute(async (transaction) => {
    const now = await lockApplicant(transaction, kept.applicantId);
    if (now?.readings !== kept.readings) return false;
    const { standsSince } = now;
    const written = { standsSince, levelName: context.kycLevelName, salt: context.entropy.token() };
    await writeDown(transaction, { ...reading, ...written });
    await setKycStatus(transaction, kept.userId, verdict.status);
    await tellVerdict(context, transaction, reading);
    // The same verdict again is news to who waits for a second attempt.
    await announceChange(transaction, { userId: kept.userId, kind: 'kyc', id: kept.userId });
    if (isLost) await alertLostApproval(context, transaction, lost);
    return true;
  });
  const move = { userId: kept.userId, from: kept.verdict.status, to: verdict.status };
  if (isKept && move.from !== move.to) context.log('info', 'a verification moved', move);
  if (isKept && isLost) context.log('warn', 'a verified customer may no longer pay', lost);
  return isKept;
}

/** Says nothing of the cause, which operators read with `drop kyc show`: it must not stand in a channel. */
async function alertLostApproval(
  context: UseCaseContext,
  transaction: OpenTransaction,
  { userId, status }: { userId: string; status: KycStatus },
): Promise<void> {
  if (status === 'rejected') await raise(context, 'customer_rejected', { userId }, transaction);
  else await raise(context, 'approval_lost', { userId, status }, transaction);
}

interface ReadingToWrite extends ReadingToKeep {
  levelName: string;
  /** For the audit trail. */
  salt: string;
  /** Of the verdict before. */
  standsSince: Date;
}

async function writeDown(transaction: Queries, reading: ReadingToWrite): Promise<void> {
  const { kept, evidence, askedAt: at, verdict, presence, review, isAbsent, checks, levelName } = reading;
  const isSame = isSameVerdict(verdict, kept.verdict) && presence.presence === kept.presence.presence;
  const standsSince = isSame ? reading.standsSince : at;
  const wasRead = review !== undefined || isAbsent;
  await keepVerdict(transaction, kept.applicantId, {
    verdict,
    levelName,
    presence,
    at,
    standsSince,
    dueAt: dueAt({ verdict, presence: presence.presence, standsSince, at, wasRead }),
  });
  if (isSame) return;
  await insertVerdictChange(transaction, {
    userId: kept.userId,
    levelName,
    applicantId: kept.applicantId,
    evidence,
    from: kept.verdict.status,
    verdict,
    review,
    checks,
    at,
    salt: reading.salt,
    presence: isAbsent && presence.presence !== 'deleted' ? 'absent' : presence.presence,
  });
}
