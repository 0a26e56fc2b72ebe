import { consentReminderDays, type ConsentEndCause } from '#domain/banking/consent.ts';
import { areAccountsReached, takeEndingConsents } from '#store/consent-ends.ts';
import type { OpenTransaction } from '#store/database.ts';
import type { UseCaseContext } from '../context.ts';
import { notify } from '../notify/notify.ts';

const dayMs = 86_400_000;
/** A consent that ended longer ago is not told any more, as after an upgrade. */
const endToldMsMax = 7 * dayMs;
const batchMax = 100;

interface EndedConsent {
  id: string;
  userId: string;
}

/**
 * Tells a customer that a consent has ended, in the transaction that notes it; not a customer who ended it in Drop, who
 * replaced it, or who has other consents for all its accounts.
 */
export async function tellConsentEnd(
  context: UseCaseContext,
  transaction: OpenTransaction,
  { id, userId, cause }: EndedConsent & { cause: ConsentEndCause },
): Promise<void> {
  if (cause === 'replaced' || cause === 'withdrawn_in_drop') return;
  if (await areAccountsReached(transaction, id, context.clock.now())) return;
  const code = cause === 'expired' ? 'consent_expired' : 'consent_withdrawn';
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
    const options = { at, days: consentReminderDays, endedAfter, limit: batchMax };
    const ending = await takeEndingConsents(transaction, options);
    for (const consent of ending) {
      if (consent.days === 0) await tellConsentEnd(context, transaction, { ...consent, cause: 'expired' });
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
  if (await areAccountsReached(transaction, id, context.clock.now())) return;
  await notify(context, transaction, {
    userId,
    code: 'consent_expires_soon',
    parameters: { connectionId: id },
    occasion: `${id} ${days}`,
  });
}
