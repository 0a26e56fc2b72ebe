import { randomUUID } from 'node:crypto';
import { sql, type Insertable } from 'kysely';
import type { Queries } from '#store/database.ts';
import type { Schema } from '#store/schema.ts';

type Row = Insertable<Schema['transactions']>;

/** Copies a payment with the columns of `change`; returns the id of the copy. */
export async function copyPayment(queries: Queries, id: string, change: Partial<Row>): Promise<string> {
  const source = await queries
    .selectFrom('transactions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const copy = randomUUID();
  await queries
    .insertInto('transactions')
    .values({
      ...source,
      decoupled_step: null,
      look_up: null,
      id: copy,
      payment_id: copy,
      idempotency_key: copy,
      state_hash: Buffer.from(copy),
      due_at: null,
      ...change,
    })
    .execute();
  return copy;
}

/** Copies a settled payment `count` times with one statement, each a minute older than the one before. */
export async function copyPayments(queries: Queries, id: string, count: number): Promise<void> {
  await sql`
    insert into transactions (id, user_id, account_id, provider, bank_id, bank_name, payment_id, status, amount,
      currency, debtor_account_number, creditor_name, creditor_account_number, kid, remittance_text, order_hash,
      state_hash, idempotency_key, request_hash, created_at, updated_at, is_instant)
    select gen_random_uuid(), user_id, account_id, provider, bank_id, bank_name, gen_random_uuid()::text, 'settled',
      amount, currency, debtor_account_number, 'Betaling ' || n, creditor_account_number, null, 'Faktura ' || n,
      order_hash, decode(md5(id::text || n) , 'hex'), gen_random_uuid()::text, request_hash,
      created_at - make_interval(mins => n), updated_at, false
    from transactions, generate_series(1, ${count}::integer) as n where id = ${id}
  `.execute(queries);
}
