import type { PaymentHistory } from '#domain/payment/history.ts';
import type { Queries } from '#store/database.ts';
import { readHistories } from '#store/payment-histories.ts';

/** Every payment of a database, with what its customer was told in the app, for the validator. */
export async function historiesOf(queries: Queries): Promise<PaymentHistory[]> {
  const payments = await queries.selectFrom('transactions').select('id').orderBy('id').execute();
  const messages = await queries
    .selectFrom('outbox')
    .select(['code', 'parameters'])
    .where('channel', '=', 'app')
    .execute();
  const told = Map.groupBy(messages, ({ parameters }) => String(parameters?.['paymentId']));
  const histories = await readHistories(
    queries,
    payments.map(({ id }) => id),
  );
  return [...histories.values()].map((history) => ({
    ...history,
    told: (told.get(history.id) ?? []).map(({ code }) => code),
  }));
}
