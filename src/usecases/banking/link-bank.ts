import { randomUUID } from 'node:crypto';
import { DropError, isDropError, type ErrorCode } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';
import { isRedirectAllowed } from '#domain/redirect-address.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { AttendedAccess, Bank, ConsentGrant } from '#services/open-banking/service.ts';
import {
  endConnection,
  findConnection,
  findConnectionByState,
  giveBackReturn,
  insertConnection,
  takeReturn,
  type BankConnection,
} from '#store/bank-connections.ts';
import { announceChange } from '#store/changes.ts';
import type { User } from '#store/users.ts';
import { accountInformation } from './account-information.ts';
import type { UseCaseContext } from '../context.ts';
import { endPending, keepGrant } from './keep-grant.ts';
import { assertVerified } from '../kyc/guard.ts';
import { newToken } from '../sign-in/new-token.ts';
import { refreshBalance } from './refresh-balance.ts';

/** The banks that a customer can link now. */
export async function banksToLink(context: UseCaseContext): Promise<Bank[]> {
  const banks = await accountInformation(context.services.openBanking.forNewConsent()).listBanks();
  return banks.filter((bank) => bank.readsBalances);
}

/**
 * Begins a consent at a bank. The connection is stored before the provider is asked.
 *
 * @throws {DropError} `kyc_required`, `kyc_rejected`, `bank_unknown`, `bank_unavailable`.
 */
export async function startConnection(
  context: UseCaseContext,
  user: User,
  request: { bankId: string; access: AttendedAccess; locale: Locale },
): Promise<{ id: string; consentUrl: string }> {
  assertVerified(user);
  const provider = context.services.openBanking.forNewConsent();
  const ais = accountInformation(provider);
  const bank = (await ais.listBanks()).find((candidate) => candidate.id === request.bankId);
  if (!bank) throw new DropError('bank_unknown', { message: `no such bank at ${provider.id}` });
  const id = randomUUID();
  const state = newToken();
  const createdAt = context.clock.now();
  await insertConnection(context.store.database, {
    id,
    userId: user.id,
    provider: provider.id,
    bankId: bank.id,
    bankName: bank.name,
    state,
    createdAt,
  });
  const consent = {
    bankId: bank.id,
    state,
    redirectUri: context.bankCallbackUrl,
    customerId: user.id,
    locale: request.locale,
  };
  const { redirectUrl } = await onBehalfOf(user.id, () => ais.startConsent(consent, request.access));
  if (isRedirectAllowed(redirectUrl, context.redirectPolicy, provider.redirectHosts))
    return { id, consentUrl: redirectUrl };
  throw new DropError('provider_invalid_response', {
    message: 'the page to consent at is at an address that is not allowed',
    provider: provider.id,
    outcome: 'unknown',
  });
}

const endings: Partial<Record<ErrorCode, 'cancelled' | 'failed'>> = {
  consent_cancelled: 'cancelled',
  consent_failed: 'failed',
};

/** Longer than a request may take: a process that took a return longer ago has died. */
const returnHeldMs = 60_000;

/** Consents that this process is completing, by connection. */
const underWay = new Map<string, Promise<void>>();

/**
 * Completes a consent on the customer's return: fetches the grant, stores the accounts and reads their balances.
 * Returns undefined when `state` belongs to no consent. A return that comes twice is completed once, and both have the
 * same result: the connection, which is still `pending` while another process completes it, or the same error. A return
 * that failed without ending the consent may be repeated.
 *
 * @throws {DropError} `consent_state_mismatch` for another customer's consent, `consent_cancelled`, `consent_failed`,
 * `bank_unavailable`.
 */
export async function completeConnection(
  context: UseCaseContext,
  user: User,
  callback: { state: string; parameters: URLSearchParams; access: AttendedAccess },
): Promise<BankConnection | undefined> {
  const { database } = context.store;
  const found = await findConnectionByState(database, callback.state);
  if (!found) return undefined;
  if (found.userId !== user.id)
    throw new DropError('consent_state_mismatch', { message: "another customer's consent" });
  try {
    await completeOnce(context, user, { connection: found, callback });
  } catch (error) {
    const now = await findConnectionByState(database, callback.state).catch(() => undefined);
    // This completion failed, but that of another process succeeded.
    if (now?.status === 'active') return now;
    throw error;
  }
  return whatCameOfIt(await findConnectionByState(database, callback.state));
}

interface Completion {
  connection: BankConnection;
  callback: { parameters: URLSearchParams; access: AttendedAccess };
}

/** Concurrent returns to this process share one completion. */
async function completeOnce(context: UseCaseContext, user: User, completion: Completion): Promise<void> {
  const { id } = completion.connection;
  const shared = underWay.get(id) ?? complete(context, user, completion).finally(() => underWay.delete(id));
  underWay.set(id, shared);
  return shared;
}

function whatCameOfIt(connection: BankConnection | undefined): BankConnection | undefined {
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

async function complete(
  context: UseCaseContext,
  user: User,
  { connection, callback }: Completion,
): Promise<void> {
  const at = context.clock.now();
  const abandonedBefore = new Date(at.getTime() - returnHeldMs);
  if (!(await takeReturn(context.store.database, connection.id, { at, abandonedBefore }))) return;
  const grant = await fetchGrant(context, connection, callback).catch(async (error: unknown) => {
    const status = isDropError(error) ? endings[error.code] : undefined;
    if (status) await endPending(context, connection, status);
    // The return may be repeated: the bank says whether the code has been used.
    else await giveBack(context, connection, at);
    throw error;
  });
  const accountIds = await keepGrant(context, connection, grant);
  await readFirstBalances(context, user, { accountIds, access: callback.access });
}

async function fetchGrant(
  context: UseCaseContext,
  { userId, provider, bankId }: BankConnection,
  { parameters, access }: Completion['callback'],
): Promise<ConsentGrant> {
  const ais = accountInformation(context.services.openBanking.pinned(provider));
  return onBehalfOf(userId, () => ais.completeConsent(parameters, access, bankId));
}

async function giveBack(context: UseCaseContext, { id }: BankConnection, at: Date): Promise<void> {
  await giveBackReturn(context.store.database, id, at).catch((error: unknown) => {
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
): Promise<void> {
  await Promise.all(
    accountIds.map((accountId) =>
      refreshBalance(context, user, { accountId, access }).catch((error: unknown) => {
        context.log('warn', 'a first balance could not be read', { accountId, error });
      }),
    ),
  );
}

/** Ends a consent, at the provider first. */
export async function revokeConnection(context: UseCaseContext, user: User, id: string): Promise<void> {
  const found = await findConnection(context.store.database, { id, userId: user.id });
  if (!found) throw new DropError('not_found', { message: 'no such connection' });
  const { consentReference: reference } = found;
  if (reference !== undefined) {
    const ais = accountInformation(context.services.openBanking.pinned(found.provider));
    await onBehalfOf(user.id, () => ais.revokeConsent(reference, found.bankId));
  }
  const at = context.clock.now();
  await context.store.database.transaction().execute(async (transaction) => {
    await endConnection(transaction, id, { status: 'revoked', at });
    await announceChange(transaction, { userId: user.id, kind: 'connection', id });
  });
}
