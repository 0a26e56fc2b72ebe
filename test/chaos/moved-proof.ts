import { expect } from 'vitest';
import { customersAtOnce, each } from './each.ts';
import type { MovedCustomer, MovedPayment } from './moved-customer.ts';
import { openingOere } from './bank-customers.ts';
import type { Stage } from './stage.ts';

/** Without the orders that a kill cut: their customers had no way to approve them. */
const approvedOf = ({ payments }: MovedCustomer): MovedPayment[] =>
  payments.filter(({ redirectUrl }) => redirectUrl !== undefined);

/** Those that are not settled; each customer looks at theirs, which lets Drop ask the bank soon. */
export async function unsettled({ store }: Stage, customers: readonly MovedCustomer[]): Promise<string[]> {
  const rows = await store.database
    .selectFrom('transactions')
    .select(['id', 'status'])
    .where('status', '!=', 'settled')
    .execute();
  const open = new Map(rows.map(({ id, status }) => [id, status]));
  const found: string[] = [];
  await each(customers, async (customer) => {
    for (const payment of approvedOf(customer)) {
      const status = open.get(payment.id);
      if (status === undefined) continue;
      found.push(`${payment.provider}: ${status}`);
      await customer.lookAt(payment);
    }
  });
  return found;
}

/** Without the bank's id, which Drop puts before the consent's name where no intermediary is between. */
const atProvider = (reference: string | null): string => (reference ?? '').split(':').at(-1) ?? '';

/** Consents that were replaced, and that their provider still holds to be in force. */
export async function keptTooLong({ store, banks }: Stage): Promise<string[]> {
  const { consents } = await banks.books();
  const inForce = new Set(
    consents.flatMap(({ provider, reference, status }) =>
      status === 'active' ? `${provider} ${atProvider(reference)}` : [],
    ),
  );
  const replaced = await store.database
    .selectFrom('bank_connections')
    .select(['provider', 'consent_reference'])
    .where('status', '=', 'revoked')
    .execute();
  return replaced
    .map(({ provider, consent_reference }) => `${provider} ${atProvider(consent_reference)}`)
    .filter((consent) => inForce.has(consent));
}

const inOrder = (texts: readonly string[]): string[] =>
  texts.toSorted((left, right) => left.localeCompare(right));

/** Every payment is at the provider where it was begun and nowhere else, and an order that was cut moved no money. */
export async function expectOncePaid(
  { store, banks }: Stage,
  customers: readonly MovedCustomer[],
): Promise<void> {
  const payments = customers.flatMap((customer) => customer.payments);
  const { payments: atBanks } = await banks.books();
  const told = (provider: string, amountOere: number | string): string => `${provider} ${amountOere}`;
  const rows = await store.database.selectFrom('transactions').select(['provider', 'amount']).execute();
  const made = payments.map(({ provider, amountOere }) => told(provider, amountOere));
  expect(inOrder(rows.map(({ provider, amount }) => told(provider, `${amount}`)))).toEqual(inOrder(made));
  const paid = atBanks.filter(({ status }) => ['ACSC', 'ACCC'].includes(status));
  const approved = customers.flatMap(approvedOf);
  expect(inOrder(paid.map(({ provider, amountOere }) => told(provider, amountOere)))).toEqual(
    inOrder(approved.map(({ provider, amountOere }) => told(provider, amountOere))),
  );
  const known = atBanks.map(({ provider, amountOere }) => told(provider, amountOere));
  expect(known.filter((each, index) => known.indexOf(each) !== index || !made.includes(each))).toEqual([]);
}

/** An order in the hands of a killed process is the only one whose outcome is not known; no payment has failed. */
export async function expectCutsOpen(
  { store }: Stage,
  customers: readonly MovedCustomer[],
  kills: number,
): Promise<void> {
  const cut =
    customers.reduce((sum, { payments }) => sum + payments.length, 0) - customers.flatMap(approvedOf).length;
  const rows = await store.database
    .selectFrom('transactions')
    .select('status')
    .where('status', '!=', 'settled')
    .execute();
  const open = rows.filter(({ status }) => status === 'initiating' || status === 'unknown');
  expect([rows.length, open.length]).toEqual([cut, cut]);
  expect(cut).toBeLessThanOrEqual(kills * customersAtOnce);
}

/** The accounts of each customer are those of the bank, each once, with the balance that the bank holds. */
export async function expectOneAccount(stage: Stage, customers: readonly MovedCustomer[]): Promise<void> {
  const rows = await stage.store.database
    .selectFrom('bank_accounts')
    .select(['id', 'account_number'])
    .execute();
  const { accounts } = await stage.banks.books();
  expect(inOrder(rows.map(({ account_number }) => `${account_number}`))).toEqual(
    inOrder(accounts.map(({ accountNumber }) => accountNumber)),
  );
  await each(customers, async (customer) => {
    const number = rows.find(({ id }) => id === customer.accountId)?.account_number;
    const account = accounts.find(({ accountNumber }) => accountNumber === number);
    const leftOere = approvedOf(customer).reduce((sum, { amountOere }) => sum - amountOere, openingOere);
    expect(account).toMatchObject({ bookedOere: leftOere, reservedOere: 0 });
    expect(await customer.balance()).toBe(leftOere);
  });
}

/** The consents that came about are at the providers that the policies said, and the newest alone is in force. */
export async function expectServed({ store }: Stage, customers: readonly MovedCustomer[]): Promise<void> {
  const rows = await store.database
    .selectFrom('bank_connections')
    .select(['user_id', 'provider', 'status'])
    .where('status', 'in', ['active', 'revoked'])
    .orderBy('created_at')
    .execute();
  for (const { userId, served } of customers) {
    const own = rows.filter(({ user_id }) => user_id === userId);
    expect(own.map(({ provider }) => provider)).toEqual(served);
    expect(own.map(({ status }) => status)).toEqual(
      served.map((_, index) => (index < served.length - 1 ? 'revoked' : 'active')),
    );
  }
}
