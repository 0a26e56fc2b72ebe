import { DropError, isDropError } from '#domain/errors.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { Access, AccountInformation, Balance } from '#services/open-banking/service.ts';
import { findAccount, keepBalance, type BankAccount } from '#store/bank-accounts.ts';
import { announceChange } from '#store/changes.ts';
import type { User } from '#store/users.ts';
import { assertStillVerified, assertVerified } from '../kyc/guard.ts';
import { accountInformation } from './account-information.ts';
import { accountKeyOf } from './account-key.ts';
import { noteConsentEnd, reportedEnd } from './consent-end.ts';
import type { UseCaseContext } from '../context.ts';
import { spendIfUnattended } from './unattended-budget.ts';

/**
 * Reads an account's balance at the bank and keeps it. A consent that turns out to have ended is noted, and the account
 * is read by the next one that reaches it. A balance that arrives after the customer's approval was lost is not kept.
 *
 * @throws {DropError} `kyc_required`, `kyc_rejected`, `account_unknown`, `consent_expired`, `consent_revoked`,
 * `bank_unavailable`, `bank_rate_limited`, `rate_limited`.
 */
export async function refreshBalance(
  context: UseCaseContext,
  user: Pick<User, 'id' | 'kycStatus'>,
  request: { accountId: string; access: Access },
): Promise<BankAccount> {
  assertVerified(user);
  const account = await usableAccount(context, user, request.accountId);
  return refreshBalanceOf(context, user, { account, access: request.access });
}

/** As `refreshBalance`, of an account that was found a moment ago. */
export async function refreshBalanceOf(
  context: UseCaseContext,
  user: Pick<User, 'id' | 'kycStatus'>,
  { account, access }: { account: BankAccount; access: Access },
): Promise<BankAccount> {
  const ais = accountInformation(context.services.openBanking.pinned(account.provider));
  try {
    const balance = await onBehalfOf(user.id, () => read(context, ais, { account, access }));
    // Reading the balance takes time.
    await assertStillVerified(context, user.id);
    return await keep(context, account, { ...balance, isAttended: access.kind === 'attended' });
  } catch (error) {
    const end = await noteEnd(context, account, error);
    if (end === undefined) throw error;
    if (!(await isReachedByAnother(context, account))) throw end;
    return refreshBalance(context, user, { accountId: account.id, access });
  }
}

async function read(
  context: UseCaseContext,
  ais: AccountInformation,
  { account, access }: { account: BankAccount; access: Access },
): Promise<Balance> {
  const key = accountKeyOf(context, account);
  await spendIfUnattended(context, ais, { accountId: account.id, key, access });
  return ais.readBalance(key, access);
}

/** Each consent that has ended is noted, so there are fewer of them each time. */
async function isReachedByAnother(
  context: UseCaseContext,
  { id, userId, connectionId }: BankAccount,
): Promise<boolean> {
  const account = await findAccount(context.store.database, { id, userId, now: context.clock.now() });
  return account?.consentStatus === 'active' && account.connectionId !== connectionId;
}

/** A customer's account whose consent holds. */
export async function usableAccount(
  context: UseCaseContext,
  user: Pick<User, 'id' | 'kycStatus'>,
  accountId: string,
): Promise<BankAccount> {
  const now = context.clock.now();
  const account = await findAccount(context.store.database, { id: accountId, userId: user.id, now });
  if (!account) throw new DropError('account_unknown', { message: 'no such account' });
  if (account.consentStatus === 'active') return account;
  throw new DropError(account.consentStatus === 'revoked' ? 'consent_revoked' : 'consent_expired');
}

async function keep(
  context: UseCaseContext,
  account: BankAccount,
  balance: Balance & { isAttended: boolean },
): Promise<BankAccount> {
  const at = context.clock.now();
  await context.store.database.transaction().execute(async (transaction) => {
    await keepBalance(transaction, account, { ...balance, at });
    await announceChange(transaction, { userId: account.userId, kind: 'account', id: account.id });
  });
  return {
    ...account,
    balance: balance.money,
    balanceKind: balance.kind,
    balanceAt: at,
    isPaidSince: false,
  };
}

/**
 * Notes the end of a consent, which the bank is the first to know. Returns the error for the customer; undefined for an
 * error that does not say that the consent has ended.
 */
async function noteEnd(
  context: UseCaseContext,
  account: BankAccount,
  error: unknown,
): Promise<DropError | undefined> {
  const end = reportedEnd(error);
  if (end === undefined || !isDropError(error)) return undefined;
  const { userId, connectionId } = account;
  const status = await noteConsentEnd(context, { id: connectionId, userId }, end.cause);
  if (end.cause !== undefined) return error;
  return new DropError(status === 'revoked' ? 'consent_revoked' : 'consent_expired', { cause: error });
}
