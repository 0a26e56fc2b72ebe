import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { Payment } from '#store/payments.ts';
import type { UseCaseContext } from '../context.ts';

/** How long a request waits for one with the same idempotency key that is handing the payment over. */
const waitMsMax = 5_000;
const againAfterMs = 100;

/**
 * The payment once it is handed over, whichever request does that: the same request has the same answer.
 *
 * @throws {DropError} `payment_in_progress` when that takes too long; `bank_unavailable` when it was not sent.
 */
export async function answerOfAnother(
  { clock }: Pick<UseCaseContext, 'clock'>,
  read: () => Promise<Payment>,
): Promise<Payment> {
  const endMs = clock.monotonicMs() + waitMsMax;
  let payment = await read();
  if (payment.status !== 'initiating') return payment;
  while (payment.status === 'initiating') {
    if (clock.monotonicMs() >= endMs) throw stillInProgress(payment.id);
    await pause(clock);
    payment = await read();
  }
  if (payment.status === 'failed') throw notSent(payment.id);
  return payment;
}

function notSent(id: string): DropError {
  const message = `another request could not hand payment ${id} to the bank`;
  return new DropError('bank_unavailable', { message, outcome: 'not_sent' });
}

function stillInProgress(id: string): DropError {
  const message = `another request is handing payment ${id} to the bank`;
  return new DropError('payment_in_progress', { message, outcome: 'unknown', retryAfterMs: waitMsMax });
}

function pause(clock: Clock): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  clock.schedule(againAfterMs, () => resolve(undefined), { keepsAlive: true });
  return promise;
}
