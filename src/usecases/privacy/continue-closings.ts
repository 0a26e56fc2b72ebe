import { erasureSteps, type ErasureStep } from '#domain/erasure.ts';
import { isDropError } from '#domain/errors.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import { findApplicant } from '#store/kyc/applicants.ts';
import { noteStep, takeClosures, type OpenClosure } from '#store/privacy/closures.ts';
import { eraseStep } from '#store/privacy/erase.ts';
import { hasWaitingMail, liveConnections, owesEnds } from '#store/privacy/leaving.ts';
import type { UseCaseContext } from '../context.ts';
import { cancelCardsOf } from '../cards/cancel-all.ts';
import { endConsents } from './close-account.ts';

/** In one run; the next one follows within a minute. */
const closuresMax = 100;
const againMinMs = 60_000;
const againMaxMs = 3_600_000;

/** Goes on with the closings of accounts. Each step is tried until it is done, and none waits for another. */
export async function continueClosings(context: UseCaseContext, signal?: AbortSignal): Promise<void> {
  const { store, clock } = context;
  const taking = { at: clock.now(), limit: closuresMax, againMinMs, againMaxMs };
  for (const closure of await takeClosures(store.database, taking)) {
    signal?.throwIfAborted();
    await continueClosing(context, closure);
  }
}

type Middle = Exclude<ErasureStep, 'request' | 'end'>;

/** Whether each step is done, or can be done now. */
const steps: Record<Middle, (context: UseCaseContext, userId: string) => Promise<boolean>> = {
  consents: haveConsentsEnded,
  cards: cancelCards,
  applicant: deactivateApplicant,
  files: deleteFiles,
  mail: async ({ store }, userId) => !(await hasWaitingMail(store.database, userId)),
};

async function continueClosing(context: UseCaseContext, { userId, stepsDone }: OpenClosure): Promise<void> {
  const left = (Object.keys(steps) as Middle[]).filter((step) => !stepsDone.includes(step));
  let isEverythingDone = true;
  for (const step of left) isEverythingDone = (await tryStep(context, { userId, step })) && isEverythingDone;
  if (isEverythingDone) await end(context, userId);
}

async function tryStep(
  context: UseCaseContext,
  { userId, step }: { userId: string; step: Middle },
): Promise<boolean> {
  try {
    if (!(await onBehalfOf(userId, () => steps[step](context, userId)))) return false;
    await context.store.database.transaction().execute(async (transaction) => {
      await eraseStep(transaction, userId, step);
      await noteStep(transaction, userId, { step, at: context.clock.now() });
    });
    context.log('info', 'a step of the closing of an account is done', { userId, step });
    return true;
  } catch (error) {
    context.log('warn', 'a step of the closing of an account failed; it is tried again', {
      userId,
      step,
      error,
    });
    return false;
  }
}

/** A consent that a request began while the account was closed is ended first. */
async function haveConsentsEnded({ store, clock }: UseCaseContext, userId: string): Promise<boolean> {
  if ((await liveConnections(store.database, userId)).length > 0)
    await store.database
      .transaction()
      .execute((transaction) => endConsents(transaction, userId, clock.now()));
  return !(await owesEnds(store.database, userId));
}

async function cancelCards(context: UseCaseContext, userId: string): Promise<boolean> {
  await cancelCardsOf(context, userId);
  return true;
}

/** Also done where Sumsub has no applicant of the customer. */
async function deactivateApplicant({ store, services }: UseCaseContext, userId: string): Promise<boolean> {
  const kept = await findApplicant(store.database, userId);
  if (!kept || kept.presence.presence === 'deleted') return true;
  try {
    await services.sumsub.deactivateApplicant(kept.applicantId);
    return true;
  } catch (error) {
    const isUnknown = isDropError(error, 'kyc_conflict') && error.details.httpStatus === 404;
    if (isUnknown && !(await services.sumsub.findApplicant(userId))) return true;
    throw error;
  }
}

async function deleteFiles({ services }: UseCaseContext, userId: string): Promise<boolean> {
  await services.files.deleteFilesOf(userId);
  return true;
}

/** Requests that were under way may have written once more, so each step is erased again. */
async function end({ store, clock, log }: UseCaseContext, userId: string): Promise<void> {
  await store.database.transaction().execute(async (transaction) => {
    for (const step of erasureSteps) await eraseStep(transaction, userId, step);
    await noteStep(transaction, userId, { step: 'end', at: clock.now() });
  });
  log('info', 'the closing of an account is over', { userId });
}
