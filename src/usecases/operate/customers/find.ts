import { isAccountNumber, normaliseAccountNumber } from '#domain/banking/account-number.ts';
import { maskEmailAddress, maskName } from '#domain/masks.ts';
import { DropError } from '#domain/errors.ts';
import type { KycStatus } from '#domain/kyc/verdict.ts';
import { paymentIdOf } from '#domain/payment/end-to-end-id.ts';
import { logCustomerAccess } from '#store/customer-access-log.ts';
import { searchCustomers, type CustomerKey, type CustomerRow } from '#store/customer-search.ts';
import type { Queries } from '#store/database.ts';
import type { OperatorContext } from '../context.ts';
import type { Author } from '../payments/show.ts';

/** A customer with a masked name and a masked address. */
export interface FoundCustomer {
  id: string;
  name: string;
  kycStatus: KycStatus;
  createdAt: Date;
  email: string | null;
}

/** More customers than this are too many to look at: the search must say more. */
const foundMax = 50;

/**
 * Finds customers by Drop's id, a provider's id (of an applicant, consent or payment, or BankID's subject), a whole
 * account number, a whole e-mail address, or a part of the name. Keeps for five years who looked for which customer and
 * why, in the same transaction, and not the text itself, which may be a name.
 *
 * @throws {DropError} `invalid_request` when more than fifty customers are found.
 */
export async function findCustomers(
  context: OperatorContext,
  sought: string,
  author: Author,
): Promise<FoundCustomer[]> {
  return searchLogged(context, readingsOf(sought.trim()), author);
}

interface Reading {
  key: CustomerKey;
  text: string;
}

async function searchLogged(
  { store, clock, entropy }: OperatorContext,
  readings: readonly Reading[],
  { actorName, reason: why }: Author,
): Promise<FoundCustomer[]> {
  return store.database.transaction().execute(async (transaction) => {
    const { key, rows } = await firstFound(transaction, readings);
    const at = clock.now();
    for (const userId of rows.length === 0 ? [null] : rows.map(({ id }) => id)) {
      const access = { userId, actorName, what: 'search', subject: key, why, at } as const;
      await logCustomerAccess(transaction, access, entropy.token());
    }
    return rows.map(masked);
  });
}

/**
 * The ids of the customers with `text` in their name, for a search of what they did. It is logged as that of
 * `findCustomers` is.
 *
 * @throws {DropError} `not_found` when there is none; `invalid_request` when there are more than fifty.
 */
export async function customersNamed(
  context: OperatorContext,
  text: string,
  author: Author,
): Promise<string[]> {
  const found = await searchLogged(context, [{ key: 'name', text: text.trim() }], author);
  if (found.length > 0) return found.map(({ id }) => id);
  throw new DropError('not_found', { message: 'No customer has this in the name.' });
}

/** The customers of the first kind of key by which there are any; the last kind when there are none. */
async function firstFound(
  queries: Queries,
  readings: readonly Reading[],
): Promise<{ key: CustomerKey; rows: CustomerRow[] }> {
  let found: { key: CustomerKey; rows: CustomerRow[] } = { key: 'name', rows: [] };
  for (const { key, text } of readings) {
    found = { key, rows: await searchCustomers(queries, { key, text }, foundMax + 1) };
    if (found.rows.length > 0) break;
  }
  if (found.rows.length <= foundMax) return found;
  const message = `More than ${foundMax} customers match: give more of the name.`;
  throw new DropError('invalid_request', { message });
}

/** What a text may be. */
function readingsOf(text: string): Reading[] {
  const id = paymentIdOf(text);
  if (id !== undefined && text.includes('-'))
    return [
      { key: 'id', text: id },
      { key: 'provider_id', text },
    ];
  if (text.includes('@')) return [{ key: 'email', text }];
  const number = normaliseAccountNumber(text);
  if (isAccountNumber(number)) return [{ key: 'account', text: number }];
  return [
    { key: 'provider_id', text },
    { key: 'name', text },
  ];
}

function masked({ id, name, kycStatus, createdAt, email }: CustomerRow): FoundCustomer {
  const shownEmail = email === null ? null : maskEmailAddress(email);
  return { id, name: maskName(name), kycStatus, createdAt, email: shownEmail };
}
