import { isEndExpected, takeEndingConsents, type EndingConsent } from '#store/consent-ends.ts';
import type { OpenTransaction } from '#store/database.ts';
import type { UseCaseContext } from '../context.ts';
import { notify, notifyEach } from '../notify/notify.ts';

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
  const at = context.clock.now();
  if (await isEndExpected(transaction, id, { at, askedAfter: lately(at) })) return;
  const code = status === 'expired' ? 'consent_expired' : 'consent_withdrawn';
  await notify(context, transaction, { userId, code, parameters: { connectionId: id }, occasion: id });
}

const lately = (at: Date): Date => new Date(at.getTime() - ownEndMsMax);

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
    const options = { at, askedAfter: lately(at), days: reminderDays, endedAfter, limit: batchMax };
    const ending = await takeEndingConsents(transaction, options);
    const news = ending.filter(({ isExpected }) => !isExpected);
    await notifyEach(context, transaction, news.map(noticeOf));
    return ending.length;
  });
}

function noticeOf({ id, userId, days }: EndingConsent) {
  const told = { userId, parameters: { connectionId: id } };
  if (days === 0) return { ...told, code: 'consent_expired', occasion: id } as const;
  return { ...told, code: 'consent_expires_soon', occasion: `${id} ${days}` } as const;
}
