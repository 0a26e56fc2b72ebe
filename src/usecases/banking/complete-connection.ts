import { boundedAskAgainMs, noStep, type NextStep } from '#domain/banking/next-step.ts';
import { DropError, isDropError, type ErrorCode } from '#domain/errors.ts';
import { concerns } from '#outbound/inherited-ids.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { AttendedAccess, ConsentProgress } from '#services/open-banking/service.ts';
import {
  findConnection,
  findConnectionBy,
  giveBackReturn,
  keepNextStep,
  takeReturn,
  type BankConnection,
  type ConnectionKey,
} from '#store/bank-connections.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { assertStillVerified, assertVerified } from '../kyc/guard.ts';
import { accountInformation } from './account-information.ts';
import { isEndedAtProvider } from './consent-end.ts';
import { pendingConsentOf } from './consent-key.ts';
import { compareWithFormer, type FirstReading } from '../routing/compare-with-former.ts';
import { stopAfterFault } from '../routing/stop-after-fault.ts';
import { endPending, keepGrant } from './keep-grant.ts';
import { refreshBalance } from './refresh-balance.ts';
import { assertedSafeStep } from './safe-step.ts';

const endings: Partial<Record<ErrorCode, 'cancelled' | 'failed'>> = {
  consent_cancelled: 'cancelled',
  consent_failed: 'failed',
};

/** Longer than a request may take: a process that took a return longer ago has died. */
const returnHeldMs = 60_000;

/** Consents that this process is completing, by connection. */
const underWay = new Map<string, Promise<NextStep>>();

/** A customer's return from the bank, or a question about a consent that they do not return from. */
interface Completion {
  connection: BankConnection;
  /** Empty where the customer does not come back. */
  parameters: URLSearchParams;
  state: string | undefined;
  access: AttendedAccess;
}

/** A connection after a return, and the customer's next step, if there is one more. */
export interface ReturnedConnection {
  connection: BankConnection;
  next: NextStep;
}

/**
 * Completes a consent on the customer's return: fetches the grant, stores the accounts and reads their balances.
 * Returns undefined when `key` belongs to no consent of this customer's. A return that comes twice is completed once,
 * and both have the same result: the connection, which is still `pending` while another process completes it, or the
 * same error. A return that failed without ending the consent may be repeated.
 *
 * @throws {DropError} `kyc_required`, `kyc_rejected`, `consent_cancelled`, `consent_failed`, `bank_unavailable`.
 */
export async function completeConnection(
  context: UseCaseContext,
  user: User,
  callback: { key: ConnectionKey; parameters: URLSearchParams; access: AttendedAccess },
): Promise<ReturnedConnection | undefined> {
  const { database } = context.store;
  const { key, parameters, access } = callback;
  const found = await findConnectionBy(database, key);
  if (found?.userId !== user.id) return undefined;
  concerns({ connectionId: found.id });
  const state = 'state' in key ? key.state : undefined;
  try {
    const next = await completeOnce(context, user, { connection: found, parameters, state, access });
    return { connection: resultOf(await findConnectionBy(database, key)) ?? found, next };
  } catch (error) {
    const now = await findConnectionBy(database, key).catch(() => undefined);
    // This completion failed, but that of another process succeeded.
    if (now?.status === 'active') return { connection: now, next: noStep };
    throw error;
  }
}

/**
 * Goes on with a consent that the customer does not return from: one that the bank exempts from approval, or one that
 * is approved in the bank's app.
 */
export async function continueConnection(
  context: UseCaseContext,
  user: User,
  { connection, access }: { connection: BankConnection; access: AttendedAccess },
): Promise<NextStep> {
  const parameters = new URLSearchParams();
  return completeOnce(context, user, { connection, parameters, state: undefined, access });
}

/**
 * Asks the bank about a decoupled approval, no sooner than the provider wants to be asked, and returns the connection
 * as it then is.
 *
 * @throws {DropError} `kyc_required`, `kyc_rejected`, `not_found`, `consent_cancelled`, `consent_failed`,
 * `bank_unavailable`.
 */
export async function checkConnection(
  context: UseCaseContext,
  user: User,
  { id, access }: { id: string; access: AttendedAccess },
): Promise<BankConnection> {
  const key = { id, userId: user.id };
  const connection = await findConnection(context.store.database, key);
  if (!connection) throw new DropError('not_found', { message: 'no such connection' });
  const { status, decoupledStep, askAgainAt } = connection;
  const isDue = askAgainAt === undefined || askAgainAt <= context.clock.now();
  if (status !== 'pending' || decoupledStep === undefined || !isDue) return connection;
  await continueConnection(context, user, { connection, access });
  return (await findConnection(context.store.database, key)) ?? connection;
}

/** Concurrent returns to this process share one completion, for as long as the return is held. */
async function completeOnce(context: UseCaseContext, user: User, completion: Completion): Promise<NextStep> {
  const { id } = completion.connection;
  return underWay.get(id) ?? share(context, id, complete(context, user, completion));
}

async function share(
  { clock }: UseCaseContext,
  connectionId: string,
  completing: Promise<NextStep>,
): Promise<NextStep> {
  const end = (): void => {
    if (underWay.get(connectionId) === shared) underWay.delete(connectionId);
  };
  const timer = clock.schedule(returnHeldMs, end);
  const shared = completing.finally(() => {
    timer.cancel();
    end();
  });
  underWay.set(connectionId, shared);
  return shared;
}

function resultOf(connection: BankConnection | undefined): BankConnection | undefined {
  switch (connection?.status) {
    case 'cancelled':
      throw new DropError('consent_cancelled', { message: 'the customer had cancelled' });
    case 'failed':
      throw new DropError('consent_failed', { message: 'the consent had failed' });
    case 'pending':
    case 'active':
    case 'expired':
    case 'revoked':
    case undefined:
      return connection;
  }
}

/** The approval is checked before the bank is asked and again after its answer: it may be lost while Drop waits. */
async function complete(context: UseCaseContext, user: User, completion: Completion): Promise<NextStep> {
  assertVerified(user);
  const { connection, access } = completion;
  const at = context.clock.now();
  const abandonedBefore = new Date(at.getTime() - returnHeldMs);
  if (!(await takeReturn(context.store.database, connection.id, { at, abandonedBefore }))) return noStep;
  const progress = await fetchProgress(context, user, completion).catch(async (error: unknown) => {
    await stopAfterFault(context, connection.provider, error);
    const status = isDropError(error) ? endings[error.code] : undefined;
    if (status) await endPending(context, connection, { status });
    // The return may be repeated: the bank says whether the code has been used.
    else await giveBack(context, connection, { at, askAgainAt: askAgainAfter(context, connection, error) });
    throw error;
  });
  if (progress.kind === 'pending') return stepOn(context, connection, { next: progress.next, at });
  const accountIds = await keepGrant(context, connection, progress.grant);
  const first = readFirstBalances(context, user, { accountIds, access });
  void compareWithFormer(context, { connection, access, first });
  await first;
  return noStep;
}

async function fetchProgress(
  context: UseCaseContext,
  user: User,
  { connection, parameters, state, access }: Completion,
): Promise<ConsentProgress> {
  const { userId, provider: providerId } = connection;
  const provider = context.services.openBanking.pinned(providerId);
  const ais = accountInformation(provider);
  const pending = pendingConsentOf(context, connection, state);
  const progress = await onBehalfOf(userId, () =>
    ais.completeConsent({ parameters, pending }, access).catch(failIfEnded),
  );
  await assertStillVerified(context, user.id);
  if (progress.kind === 'granted') return progress;
  return { ...progress, next: assertedSafeStep(context, provider, progress.next) };
}

/** A consent that has ended before it was granted never will be. */
function failIfEnded(cause: unknown): never {
  if (!isEndedAtProvider(cause)) throw cause;
  const message = 'the consent has ended before it was granted';
  throw new DropError('consent_failed', { message, cause, outcome: 'refused' });
}

/** The customer has one more step to do, after which they return, or the bank is asked, once more. */
async function stepOn(
  context: UseCaseContext,
  connection: BankConnection,
  { next, at }: { next: NextStep; at: Date },
): Promise<NextStep> {
  const answeredAt = context.clock.now();
  await keepNextStep(context.store.database, connection.id, { next, reference: undefined, at: answeredAt });
  await giveBack(context, connection, { at, askAgainAt: undefined });
  return next;
}

/** A question about a decoupled step that failed counts as one: an error must not make Drop ask more often. */
function askAgainAfter(
  { clock }: UseCaseContext,
  { decoupledStep }: BankConnection,
  error: unknown,
): Date | undefined {
  if (decoupledStep === undefined) return undefined;
  const retryAfterMs = isDropError(error) ? (error.details.retryAfterMs ?? 0) : 0;
  return new Date(clock.now().getTime() + Math.max(retryAfterMs, boundedAskAgainMs(decoupledStep)));
}

async function giveBack(
  context: UseCaseContext,
  { id }: BankConnection,
  taken: { at: Date; askAgainAt: Date | undefined },
): Promise<void> {
  await giveBackReturn(context.store.database, id, taken).catch((error: unknown) => {
    context.log('warn', 'a return could not be given back; it may be tried in a minute', {
      connectionId: id,
      error,
    });
  });
}

/** A balance that cannot be read now is read later; the consent stands. */
async function readFirstBalances(
  context: UseCaseContext,
  user: User,
  { accountIds, access }: { accountIds: string[]; access: AttendedAccess },
): Promise<FirstReading[]> {
  return Promise.all(
    accountIds.map(async (accountId) => {
      try {
        return { accountId, account: await refreshBalance(context, user, { accountId, access }) };
      } catch (error) {
        context.log('warn', 'a first balance could not be read', { accountId, error });
        return { accountId, error };
      }
    }),
  );
}
