import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Queries } from '#store/database.ts';
import { searchPaymentRows, type PaymentSearchFilters } from '#store/payment-search.ts';
import { copyPayment, copyPayments } from '../support/copied-payments.ts';
import { report } from '../usecases/banking/made-up-bank.ts';
import { linkedBank } from '../usecases/payments/linked-bank.ts';

const many = 2_000;

/** How many rows of payments the transaction has read. */
async function rowsRead(transaction: Queries): Promise<number> {
  const { rows } = await sql<{ read: number }>`
    select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'transactions'
  `.execute(transaction);
  return rows[0]?.read ?? 0;
}

async function searchAmongMany() {
  const { bank, send } = await linkedBank();
  bank.provider.pis.initiatePayment = async () => report();
  const { id } = await send();
  const { database } = bank.context.store;
  await copyPayments(database, id, many);
  const rare = { kid: '2345676', remittance_text: null, debtor_account_number: '60000000006' };
  const found = await copyPayment(database, id, { ...rare, created_at: new Date(0) });
  await sql`analyze transactions`.execute(database);
  const search = (filters: PaymentSearchFilters, limit: number) =>
    database.transaction().execute(async (transaction) => {
      const ids = (await searchPaymentRows(transaction, filters, limit)).map((row) => row.id);
      return { ids, read: await rowsRead(transaction) };
    });
  return { found, search };
}

test('an operator finds a payment among many without reading the others', async () => {
  const { found, search } = await searchAmongMany();
  const idEnding = found.slice(-10);
  for (const filters of [{ kid: '2345676' }, { accountNumber: '60000000006' }, { idEnding }]) {
    const { ids, read } = await search(filters, 10);
    expect(ids, JSON.stringify(filters)).toEqual([found]);
    expect(read, JSON.stringify(filters)).toBeLessThan(50);
  }
  const { ids, read } = await search({ accountNumber: '15032080178' }, 10);
  expect(ids).toHaveLength(10);
  expect(read).toBeLessThan(50);
});
