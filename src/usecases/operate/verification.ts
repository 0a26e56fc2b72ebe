import { DropError } from '#domain/errors.ts';
import type { Queries } from '#store/database.ts';
import { accessesOf, logOperatorAccess, type Access } from '#store/kyc/access-log.ts';
import { findApplicant, type KeptApplicant } from '#store/kyc/applicants.ts';
import { verdictChangesOf, type VerdictChange } from '#store/kyc/verdict-changes.ts';
import { findUser } from '#store/users.ts';
import type { OperatorContext } from './context.ts';

/** The history of a customer's verification, without the name and without anything that the customer submitted. */
export interface ExplainedVerification {
  userId: string;
  kycStatus: string;
  applicant: KeptApplicant | null;
  /** Latest first; `accesses` likewise. */
  changes: VerdictChange[];
  accesses: Access[];
}

const changesMax = 100;
const accessesMax = 50;

/**
 * Explains the verdict on a customer, and keeps for five years who looked and why, in the same transaction.
 *
 * @throws {DropError} `not_found`.
 */
export async function explainVerification(
  { store, clock, entropy }: OperatorContext,
  userId: string,
  { actorName, reason }: { actorName: string; reason: string },
): Promise<ExplainedVerification> {
  return store.database.transaction().execute(async (transaction) => {
    const explained = await explain(transaction, userId);
    const access = { userId, actorName, what: 'history', why: reason, at: clock.now() };
    await logOperatorAccess(transaction, access, entropy.token());
    return explained;
  });
}

async function explain(queries: Queries, userId: string): Promise<ExplainedVerification> {
  const user = await findUser(queries, userId);
  const changes = await verdictChangesOf(queries, userId, changesMax);
  if (!user && changes.length === 0)
    throw new DropError('not_found', { message: `There is no customer ${userId}.` });
  return {
    userId,
    kycStatus: user?.kycStatus ?? 'deleted',
    applicant: (await findApplicant(queries, userId)) ?? null,
    changes,
    accesses: await accessesOf(queries, userId, accessesMax),
  };
}
