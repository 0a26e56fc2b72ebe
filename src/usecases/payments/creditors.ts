import { isAccountNumber, normaliseAccountNumber } from '#domain/banking/account-number.ts';
import { DropError } from '#domain/errors.ts';
import { savedCreditorsMax, type SavedCreditor } from '#domain/payment/creditor.ts';
import type { Payee } from '#domain/payment/payee-check.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import {
  countSavedCreditors,
  deleteSavedCreditor,
  insertSavedCreditor,
  listSavedCreditors,
  recentCreditors,
  renameSavedCreditor,
} from '#store/creditors.ts';
import { lockUser, type User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';

const recentMax = 10;

/** The recipients that the form of a payment suggests. */
export interface Creditors {
  /** By the customer's own names, in the order of the Norwegian alphabet. */
  saved: SavedCreditor[];
  /** Of the newest payments, the newest first; neither saved ones nor the customer's own accounts. */
  recent: Payee[];
}

export async function creditorsOf(
  { store, clock }: UseCaseContext,
  { id: userId }: Pick<User, 'id'>,
): Promise<Creditors> {
  const { database } = store;
  const saved = await listSavedCreditors(database, userId);
  const own = await listAccounts(database, userId, clock.now());
  const except = [...saved, ...own].flatMap(({ accountNumber }) => accountNumber ?? []);
  return {
    saved: saved.toSorted((one, other) => one.label.localeCompare(other.label, 'nb')),
    recent: await recentCreditors(database, { userId, except, limit: recentMax }),
  };
}

/**
 * Saves a recipient under a name of the customer's own. One with the same account number takes the new names.
 *
 * @throws {DropError} `payment_creditor_account_invalid`; `creditors_too_many`.
 */
export async function saveCreditor(
  { store, clock, entropy }: UseCaseContext,
  { id: userId }: Pick<User, 'id'>,
  creditor: Pick<SavedCreditor, 'label' | 'name' | 'accountNumber'>,
): Promise<SavedCreditor> {
  const accountNumber = normaliseAccountNumber(creditor.accountNumber);
  if (!isAccountNumber(accountNumber)) {
    const fields = [{ field: 'accountNumber', message: 'payment_creditor_account_invalid' }];
    throw new DropError('payment_creditor_account_invalid', { fields });
  }
  return store.database.transaction().execute(async (transaction) => {
    await lockUser(transaction, userId);
    const saved = { ...creditor, accountNumber, id: entropy.uuid(), at: clock.now() };
    const kept = await insertSavedCreditor(transaction, userId, saved);
    // The insertion is undone with the transaction.
    if ((await countSavedCreditors(transaction, userId)) > savedCreditorsMax)
      throw new DropError('creditors_too_many');
    return kept;
  });
}

/** @throws {DropError} `creditor_unknown`. */
export async function renameCreditor(
  { store }: Pick<UseCaseContext, 'store'>,
  { id: userId }: Pick<User, 'id'>,
  renamed: Pick<SavedCreditor, 'id' | 'label'>,
): Promise<SavedCreditor> {
  const kept = await renameSavedCreditor(store.database, userId, renamed);
  if (!kept) throw new DropError('creditor_unknown');
  return kept;
}

/** @throws {DropError} `creditor_unknown`. */
export async function removeCreditor(
  { store }: Pick<UseCaseContext, 'store'>,
  { id: userId }: Pick<User, 'id'>,
  id: string,
): Promise<void> {
  if (!(await deleteSavedCreditor(store.database, userId, id))) throw new DropError('creditor_unknown');
}
