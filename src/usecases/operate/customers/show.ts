import { maskAccountNumber } from '#domain/banking/account-number.ts';
import { maskEmailAddress, maskName } from '#domain/masks.ts';
import { DropError } from '#domain/errors.ts';
import { customerAccessesOf, logCustomerAccess, type CustomerAccess } from '#store/customer-access-log.ts';
import {
  readCustomerData,
  searchCustomers,
  type CustomerData,
  type CustomerRow,
} from '#store/customer-search.ts';
import type { OperatorContext } from '../context.ts';
import type { Author } from '../payments/show.ts';

/** What is kept of a customer, with masked names, addresses and account numbers. */
export interface ShownCustomer
  extends CustomerData, Pick<CustomerRow, 'id' | 'name' | 'kycStatus' | 'createdAt'> {
  /** The newest first. */
  accesses: CustomerAccess[];
}

const accessesMax = 50;

/**
 * Shows a customer, and keeps for five years who looked and why, in the same transaction.
 *
 * @throws {DropError} `not_found`.
 */
export async function showCustomer(
  { store, clock, entropy }: OperatorContext,
  id: string,
  { actorName, reason: why }: Author,
): Promise<ShownCustomer> {
  return store.database.transaction().execute(async (transaction) => {
    const [row] = await searchCustomers(transaction, { key: 'id', text: id }, 1);
    if (!row) throw new DropError('not_found', { message: `There is no customer ${id}.` });
    const at = clock.now();
    const access = { userId: id, actorName, what: 'data', subject: 'customer', why, at } as const;
    await logCustomerAccess(transaction, access, entropy.token());
    const { name, kycStatus, createdAt } = row;
    const data = maskedData(await readCustomerData(transaction, id, at));
    const accesses = await customerAccessesOf(transaction, id, accessesMax);
    return { id, name: maskName(name), kycStatus, createdAt, ...data, accesses };
  });
}

function maskedData(data: CustomerData): CustomerData {
  const masked = (number: string | null): string | null =>
    number === null ? null : maskAccountNumber(number);
  return {
    ...data,
    emails: data.emails.map((email) => ({ ...email, address: maskEmailAddress(email.address) })),
    accounts: data.accounts.map((account) => ({ ...account, accountNumber: masked(account.accountNumber) })),
  };
}
