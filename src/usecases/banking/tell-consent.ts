import { isEndExpected, takeEndingConsents } from '#store/consent-ends.ts';
import type { OpenTransaction } from '#store/database.ts';
import type { UseCaseContext } from '../context.ts';
import { notify } from '../notify/notify.ts';

const dayMs = 86_400_000;
/** How many days before a consent ends its customer is reminded. */
const reminderDays = [14, 7, 1];
/** A consent that ended longer ago is not told any more, as after an upgrade. */
const endToldMsMax = 7 * dayMs;
/** For how long the end of a consent may be the customer's own doing: they ended it in Drop. */
const ownEndMsMax = 600_000;
const batchMax = 100;

type ConsentEnd = 'expired' | 'revoked';

interface EndedConsent {
  id: string;
  userId: string;
}

/**
 * Tells a customer that a consent has ended, in the transaction that notes it; not a customer who ended it in Drop, or
 * who has a newer one at the same bank.
 */
export async function tellConsentEnd(
  context: UseCaseContext,
  transaction: OpenTransaction,
  { id, userId }: EndedConsent,
  status: ConsentEnd,
): Promise<void> {
  if (await isExpected(context, transaction, id)) return;
  const code = status === 'expired' ? 'consent_expired' : 'consent_withdrawn';
  await notify(context, transaction, { userId, code, parameters: { connectionId: id }, occasion: id });
}

/** Reminds customers of consents that end soon, and tells those whose consents have expired. */
export async function remindOfConsents(context: UseCaseContext, signal?: AbortSignal): Promise<void> {
  for (let taken = batchMax; taken === batchMax;) {
    signal?.throwIfAborted();
    taken = await remindBatch(context);
  }
}

async function remindBatch(context: UseCaseContext): Promise<number> {
  const at = context.clock.now();
  const endedAfter = new Date(at.getTime() - endToldMsMax);
  return context.store.database.transaction().execute(async (transaction) => {
    const options = { at, days: reminderDays, endedAfter, limit: batchMax };
    const ending = await takeEndingConsents(transaction, options);
    for (const consent of ending) {
      if (consent.days === 0) await tellConsentEnd(context, transaction, consent, 'expired');
      else await remind(context, transaction, consent);
    }
    return ending.length;
  });
}

async function remind(
  context: UseCaseContext,
  transaction: OpenTransaction,
  { id, userId, days }: EndedConsent & { days: number },
): Promise<void> {
  if (await isExpected(context, transaction, id)) return;
  await notify(context, transaction, {
    userId,
    code: 'consent_expires_soon',
    parameters: { connectionId: id },
    occasion: `${id} ${days}`,
  });
}

async function isExpected(
  { clock }: UseCaseContext,
  transaction: OpenTransaction,
  id: string,
): Promise<boolean> {
  const at = clock.now();
  return isEndExpected(transaction, id, { at, since: new Date(at.getTime() - ownEndMsMax) });
}
