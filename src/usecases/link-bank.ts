import { randomUUID } from 'node:crypto';
import { DropError, isDropError, type ErrorCode } from '#domain/errors.ts';
import type { ConsentStatus } from '#domain/consent.ts';
import type { Locale } from '#domain/locale.ts';
import type { AttendedAccess, Bank, ConsentGrant } from '#services/open-banking/service.ts';
import {
  activateConnection,
  endConnection,
  findConnection,
  findConnectionByState,
  insertConnection,
  takeReturn,
  type BankConnection,
} from '#store/bank-connections.ts';
import { announceChange } from '#store/changes.ts';
import { keepGrantedAccounts } from '#store/granted-accounts.ts';
import type { User } from '#store/users.ts';
import { accountInformation } from './account-information.ts';
import type { UseCaseContext } from './context.ts';
import { newToken } from './new-token.ts';
import { refreshBalance } from './refresh-balance.ts';

/** The banks that a customer can link now. */
export async function banksToLink(context: UseCaseContext): Promise<Bank[]> {
  const banks = await accountInformation(context.services.openBanking.forNewConsent()).listBanks();
  return banks.filter((bank) => bank.readsBalances);
}

/**
 * Begins a consent at a bank. Written down before the provider is asked.
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
  if (!bank) throw new DropError('bank_unknown', { message: `no bank ${request.bankId} at ${provider.id}` });
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
  const { redirectUrl } = await ais.startConsent(
    {
      bankId: bank.id,
      state,
      redirectUri: context.bankCallbackUrl,
      customerId: user.id,
      locale: request.locale,
    },
    request.access,
  );
  return { id, consentUrl: redirectUrl };
}

/** A customer who may not transact yet is told why. */
export function assertVerified(user: User): void {
  if (user.kycStatus === 'approved') return;
  throw new DropError(user.kycStatus === 'rejected' ? 'kyc_rejected' : 'kyc_required');
}

const endings: Partial<Record<ErrorCode, ConsentStatus>> = {
  consent_cancelled: 'cancelled',
  consent_failed: 'failed',
};

/**
 * Ends a consent on the customer's return: fetches what was granted, keeps the accounts and reads their balances.
 * Returns undefined when `state` is no consent's. A return that comes twice finds the work done.
 *
 * @throws {DropError} `consent_state_mismatch` for another customer's consent, `consent_cancelled`,
 * `consent_failed`, `bank_unavailable`.
 */
export async function completeConnection(
  context: UseCaseContext,
  user: User,
  callback: { state: string; parameters: URLSearchParams; access: AttendedAccess },
): Promise<BankConnection | undefined> {
  const found = await findConnectionByState(context.store.database, callback.state);
  if (!found) return undefined;
  if (found.userId !== user.id)
    throw new DropError('consent_state_mismatch', { message: "another customer's consent" });
  if (!(await takeReturn(context.store.database, found.id, context.clock.now()))) return found;
  const ais = accountInformation(context.services.openBanking.pinned(found.provider));
  const grant = await ais
    .completeConsent(callback.parameters, callback.access)
    .catch(async (error: unknown) => {
      const status = isDropError(error) ? endings[error.code] : undefined;
      if (status) await endConnection(context.store.database, found.id, { status, at: context.clock.now() });
      throw error;
    });
  const accountIds = await keepGrant(context, found, grant);
  await readFirstBalances(context, user, { accountIds, access: callback.access });
  return found;
}

async function keepGrant(
  context: UseCaseContext,
  connection: BankConnection,
  grant: ConsentGrant,
): Promise<string[]> {
  const { id: connectionId, userId, provider } = connection;
  return context.store.database.transaction().execute(async (transaction) => {
    await activateConnection(transaction, connectionId, grant);
    const ids = await keepGrantedAccounts(transaction, {
      ...{ userId, connectionId, provider },
      accounts: grant.accounts,
      at: context.clock.now(),
      newId: randomUUID,
    });
    await announceChange(transaction, { userId, kind: 'connection', id: connectionId });
    return ids;
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
  if (found.consentReference !== undefined) {
    await accountInformation(context.services.openBanking.pinned(found.provider)).revokeConsent(
      found.consentReference,
    );
  }
  const at = context.clock.now();
  await context.store.database.transaction().execute(async (transaction) => {
    await endConnection(transaction, id, { status: 'revoked', at });
    await announceChange(transaction, { userId: user.id, kind: 'connection', id });
  });
}
