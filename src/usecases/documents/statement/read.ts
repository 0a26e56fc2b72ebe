import { dayAfter } from '#domain/banking/bank-days.ts';
import { DropError } from '#domain/errors.ts';
import { startOfOsloDay } from '#domain/oslo-time.ts';
import {
  statementPaymentsMax,
  type StatementForm,
  type StatementPeriod,
} from '#domain/payment/statement-period.ts';
import { countPayments, readPaymentPage } from '#store/customer-payments.ts';
import type { Payment } from '#store/payments.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../../context.ts';
import { OneAtATime } from './one-at-a-time.ts';

/** To read a payment takes some 0.1 ms of the processor. */
const pageSize = 100;
/** Of several statements that are read, each has its page in turn, so that other requests come in between. */
const reading = new OneAtATime();

/**
 * The customer's payments that were created in the period, the newest first, page by page: no connection to the
 * database is held while a client takes its time.
 *
 * @throws {DropError} `payment_statement_too_long` at once, when there are more than the form may have.
 */
export async function readStatement(
  { store }: Pick<UseCaseContext, 'store'>,
  { id: userId }: Pick<User, 'id'>,
  { form, period }: { form: StatementForm; period: StatementPeriod },
): Promise<AsyncGenerator<Payment[]>> {
  const { database } = store;
  const range = {
    userId,
    since: startOfOsloDay(period.from),
    until: startOfOsloDay(dayAfter(period.to)),
  };
  const max = statementPaymentsMax[form];
  if ((await countPayments(database, { ...range, max: max + 1 })) > max)
    throw new DropError('payment_statement_too_long', { message: `a ${form} has at most ${max} payments` });
  return pages();

  async function* pages(): AsyncGenerator<Payment[]> {
    let cursor: string | undefined;
    do {
      const options = { ...range, cursor, limit: pageSize };
      const page = await reading.run(() => readPaymentPage(database, options));
      yield page.payments;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
}
