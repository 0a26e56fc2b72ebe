import { DropError } from '#domain/errors.ts';
import { isFinal } from '#domain/payment/status.ts';
import { askSoon } from '#store/due-payments.ts';
import { logPaymentAccess } from '#store/payment-access-log.ts';
import { findPaymentRow, type PaymentRow } from '#store/payment-search.ts';
import type { OperatorContext } from '../context.ts';
import { listed, type ListedPayment } from './search.ts';
import { namedPayment, type Author } from './show.ts';

/** How long the processes of Drop have to ask the bank, and how often the answer is looked for. */
const answerMsMax = 30_000;
const lookMs = 500;

export interface AskedPayment {
  before: ListedPayment;
  after: ListedPayment;
  /** Whether a process of Drop asked the bank in time. The log of that process says whether the bank answered. */
  isAsked: boolean;
}

/**
 * Has a running Drop ask the bank about one payment now, also about one that is over, and waits for that. A payment
 * without the provider's reference is looked up in its account. The command line has no credentials of providers, so it
 * does not ask itself. The act is kept for five years.
 *
 * @throws {DropError} `not_found`; `invalid_request` when the payment cannot be asked about.
 */
export async function askBank(
  context: OperatorContext,
  { name, providers }: { name: string; providers: readonly string[] },
  { actorName, reason: why }: Author,
): Promise<AskedPayment> {
  const { store, clock, entropy } = context;
  const before = await store.database.transaction().execute(async (transaction) => {
    const row = await namedPayment(transaction, name, providers);
    assertAskable(row);
    const { id: paymentId, user_id: userId } = row;
    const at = clock.now();
    if (!(await askSoon(transaction, paymentId, { status: row.status, at }))) throw handedOver(row);
    const access = { paymentId, userId, actorName, what: 'reading', why, at } as const;
    await logPaymentAccess(transaction, access, entropy.token());
    return row;
  });
  const after = await answered(context, before);
  return { before: listed(before), after: listed(after ?? before), isAsked: after !== undefined };
}

function assertAskable(row: PaymentRow): void {
  if (row.status === 'created' || row.status === 'initiating') throw handedOver(row);
  if (row.payment_id !== null || !isFinal(row.status)) return;
  const message = `The bank cannot be asked about ${row.id}: the bank does not have it.`;
  throw new DropError('invalid_request', { message });
}

function handedOver({ id }: PaymentRow): DropError {
  return new DropError('invalid_request', { message: `${id} is being handed over. Try again in a minute.` });
}

/** The payment once it was asked about; undefined when it is not in time. */
async function answered(
  { store, clock }: OperatorContext,
  before: PaymentRow,
): Promise<PaymentRow | undefined> {
  const askedBefore = before.asked_at?.getTime() ?? 0;
  for (let waitedMs = 0; waitedMs < answerMsMax; waitedMs += lookMs) {
    await new Promise<void>((resolve) => clock.schedule(lookMs, resolve));
    const row = await findPaymentRow(store.database, before.id);
    if ((row?.asked_at?.getTime() ?? 0) > askedBefore) return row;
  }
  return undefined;
}
