import { DropError, isDropError, type ErrorCode } from '#domain/errors.ts';
import { nextReadingMs } from '#domain/payment/reconciliation.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import type { AttendedAccess } from '#services/open-banking/service.ts';
import { sha256 } from '#store/hash.ts';
import { findPayment, markReturned } from '#store/payments.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { readBack } from '../payments/reconcile.ts';
import { completeConnection } from './link-bank.ts';

export interface ReturnFromBank {
  parameters: URLSearchParams;
  access: AttendedAccess;
}

/** Outcomes of a consent that are shown among the banks, and as which. */
const consentOutcomes: Partial<Record<ErrorCode, ErrorCode>> = {
  consent_cancelled: 'consent_cancelled',
  consent_failed: 'consent_failed',
  bank_unavailable: 'bank_unavailable',
  bank_rate_limited: 'bank_rate_limited',
  provider_rate_limited: 'bank_rate_limited',
  // The answer came and could not be read: coming back again tells what became of it.
  provider_invalid_response: 'bank_unavailable',
};

/**
 * A customer comes back from a bank's page, from a consent or from a payment: `state` says which. Returns the path to
 * show.
 *
 * @throws {DropError} `consent_state_mismatch` when nothing of this customer's waits for that state.
 */
export async function returnFromBank(
  context: UseCaseContext,
  user: User,
  returned: ReturnFromBank,
): Promise<string> {
  const states = returned.parameters.getAll('state');
  const [state] = states;
  if (state === undefined || states.length !== 1) throw mismatch();
  const fromPayment = await returnFromPayment(context, user, state);
  return fromPayment ?? returnFromConsent(context, user, { ...returned, state });
}

/** How long a customer who comes back waits for the bank's answer. */
const returnMsMax = 5_000;

async function returnFromPayment(
  context: UseCaseContext,
  user: User,
  state: string,
): Promise<string | undefined> {
  const payment = await findPayment(context.store.database, { stateHash: sha256(state) });
  if (!payment) return undefined;
  if (payment.userId !== user.id) throw mismatch();
  const at = context.clock.now();
  const dueAt = new Date(at.getTime() + nextReadingMs({ ...payment, returnedAt: at }, at));
  await markReturned(context.store.database, payment.id, { at, dueAt });
  // The customer is waiting for a page. It shows what is known and changes when more is: a bank that does not answer in
  // time is soon asked again.
  const reading = withDeadline(returnMsMax, context.clock, () => readBack(context, payment, 'callback'));
  await reading.catch((error: unknown) => {
    context.log('warn', 'a payment could not be read on return', { paymentId: payment.id, error });
  });
  return `/payments/${payment.id}`;
}

async function returnFromConsent(
  context: UseCaseContext,
  user: User,
  returned: ReturnFromBank & { state: string },
): Promise<string> {
  try {
    const connection = await completeConnection(context, user, returned);
    if (!connection) throw mismatch();
    return `/accounts?connection=${connection.id}`;
  } catch (error) {
    const outcome = isDropError(error) ? consentOutcomes[error.code] : undefined;
    if (outcome === undefined) throw error;
    context.log('info', 'a consent did not come about', { outcome, error });
    return `/banks?outcome=${outcome}`;
  }
}

function mismatch(): DropError {
  return new DropError('consent_state_mismatch', {
    message: 'nothing of this customer waits for that state',
  });
}
