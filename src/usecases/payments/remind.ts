import { dayAfter } from '#domain/banking/bank-days.ts';
import { osloTime, startOfOsloDay } from '#domain/oslo-time.ts';
import { lockScheduledPayments } from '#store/scheduled-payments.ts';
import type { UseCaseContext } from '../context.ts';
import { notifyEach } from '../notify/notify.ts';

/** The first and the last hour in Norway at which a customer is reminded: nobody is woken for it. */
const hours = { first: '09:00', last: '21:00' };
const batchMax = 100;

/**
 * Reminds customers, once, of the payments that their banks carry out tomorrow; not of those ordered today. `batch` is
 * the most payments that are read at once.
 */
export async function remindOfPayments(
  context: UseCaseContext,
  signal?: AbortSignal,
  batch = batchMax,
): Promise<void> {
  const { day, time } = osloTime(context.clock.now());
  if (time < hours.first || time >= hours.last) return;
  let after: string | undefined;
  do {
    signal?.throwIfAborted();
    after = await remindBatch(context, { today: day, after, limit: batch });
  } while (after !== undefined);
}

/** Returns the id after which the next batch begins; undefined after the last one. */
async function remindBatch(
  context: UseCaseContext,
  { today, after, limit }: { today: string; after: string | undefined; limit: number },
): Promise<string | undefined> {
  const wanted = { day: dayAfter(today), orderedBefore: startOfOsloDay(today), after, limit };
  return context.store.database.transaction().execute(async (transaction) => {
    const payments = await lockScheduledPayments(transaction, wanted);
    const news = payments.map(({ id, userId }) => ({
      userId,
      code: 'payment_due_tomorrow' as const,
      parameters: { paymentId: id },
      occasion: id,
    }));
    await notifyEach(context, transaction, news);
    return payments.length === limit ? payments.at(-1)?.id : undefined;
  });
}
