import { noStep, redirectUrlOf, type NextStep } from '#domain/banking/next-step.ts';
import { DropError, isDropError, type ErrorCode } from '#domain/errors.ts';
import { bankOutcomePath, type BankOutcome } from '#domain/outcomes.ts';
import { nextReadingMs } from '#domain/payment/reconciliation.ts';
import { concerns } from '#outbound/inherited-ids.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import type { AttendedAccess, OpenBankingProvider, ReturnIdentity } from '#services/open-banking/service.ts';
import { findConnectionBy, type ConnectionKey } from '#store/bank-connections.ts';
import { sha256 } from '#store/hash.ts';
import { findPayment, markReturned, type Payment } from '#store/payments.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { continuePayment } from '../payments/continue.ts';
import { completeConnection } from './complete-connection.ts';

export interface ReturnFromBank {
  parameters: URLSearchParams;
  access: AttendedAccess;
}

/** Outcomes of a consent that are shown among the banks, and as which. */
const consentOutcomes: Partial<Record<ErrorCode, BankOutcome>> = {
  consent_cancelled: 'consent_cancelled',
  consent_failed: 'consent_failed',
  bank_unavailable: 'bank_unavailable',
  bank_rate_limited: 'bank_rate_limited',
  provider_rate_limited: 'bank_rate_limited',
  // The answer came and could not be read: coming back again tells what became of it.
  provider_invalid_response: 'bank_unavailable',
};

/**
 * A customer comes back from a bank's page, from a consent or from a payment. Returns where to send them: a path of
 * Drop's, or the address of the bank's page for the next step.
 *
 * @throws {DropError} `consent_state_mismatch` when nothing of this customer's waits for that return.
 */
export async function returnFromBank(
  context: UseCaseContext,
  user: User,
  returned: ReturnFromBank,
): Promise<string> {
  for (const key of identitiesOf(context, returned.parameters)) {
    const payment = await findPayment(context.store.database, paymentKeyOf(key));
    if (payment?.userId === user.id) return returnFromPayment(context, { payment, ...returned });
    const path = await returnFromConsent(context, user, { key, ...returned });
    if (path !== undefined) return path;
  }
  throw mismatch();
}

/**
 * What the return may belong to; several where more than one provider claims it, of which what is another customer's
 * does not count. Most providers send `state` back; the others say what is theirs. */
function identitiesOf(context: UseCaseContext, parameters: URLSearchParams): ConnectionKey[] {
  const [state, ...others] = parameters.getAll('state');
  const given = state === undefined || others.length > 0 ? [] : [{ state }];
  const recognised = context.services.openBanking
    .all()
    .flatMap((provider) => recognise(context, provider, parameters));
  return [...given, ...recognised];
}

function recognise(
  context: UseCaseContext,
  provider: OpenBankingProvider,
  parameters: URLSearchParams,
): ConnectionKey[] {
  const identity = identified(context, provider, parameters);
  if (identity === undefined) return [];
  return ['state' in identity ? identity : { provider: provider.id, reference: identity.reference }];
}

/** Every provider is asked about every return, so one that fails must not fail the returns of the others. */
function identified(
  context: UseCaseContext,
  provider: OpenBankingProvider,
  parameters: URLSearchParams,
): ReturnIdentity | undefined {
  try {
    return provider.identifyReturn?.(parameters);
  } catch (error) {
    context.log('error', 'a provider failed to say whether a return is its own', {
      provider: provider.id,
      error,
    });
    return undefined;
  }
}

function paymentKeyOf(key: ConnectionKey): Parameters<typeof findPayment>[1] {
  return 'state' in key ? { stateHash: sha256(key.state) } : key;
}

/** How long a customer who comes back waits for the bank's answer. */
const returnMsMax = 5_000;

async function returnFromPayment(
  context: UseCaseContext,
  { payment, parameters, access }: ReturnFromBank & { payment: Payment },
): Promise<string> {
  concerns({ paymentId: payment.id });
  const at = context.clock.now();
  const dueAt = new Date(at.getTime() + nextReadingMs({ ...payment, returnedAt: at }, at));
  await markReturned(context.store.database, payment.id, { at, dueAt });
  // The customer is waiting for a page. It shows what is known and changes when more is: a bank that does not answer in
  // time is soon asked again.
  const going = withDeadline(returnMsMax, context.clock, () =>
    continuePayment(context, payment, { parameters, access }),
  );
  const next: NextStep = await going.catch((error: unknown) => {
    context.log('warn', 'a payment could not be read on return', { paymentId: payment.id, error });
    return noStep;
  });
  return redirectUrlOf(next) ?? `/payments/${payment.id}`;
}

/** Undefined when the return belongs to no consent of this customer's. */
async function returnFromConsent(
  context: UseCaseContext,
  user: User,
  returned: ReturnFromBank & { key: ConnectionKey },
): Promise<string | undefined> {
  try {
    const completed = await completeConnection(context, user, returned);
    return completed && (redirectUrlOf(completed.next) ?? `/accounts?connection=${completed.connection.id}`);
  } catch (error) {
    const outcome = isDropError(error) ? consentOutcomes[error.code] : undefined;
    if (outcome === undefined) throw error;
    context.log('info', 'a consent did not come about', { outcome, error });
    const connection = await findConnectionBy(context.store.database, returned.key);
    return bankOutcomePath(outcome, { isRenewal: connection?.renews !== undefined });
  }
}

function mismatch(): DropError {
  return new DropError('consent_state_mismatch', {
    message: 'nothing of this customer waits for that return',
  });
}
