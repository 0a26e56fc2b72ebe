import type pg from 'pg';

/** How many customers there are, and that each has a hundred payments; one more customer has 10,000. */
export interface Size {
  customers: number;
  /** Customers who were linked through the application; the last of them is the one with 10,000 payments. */
  linked: readonly { accountId: string }[];
}

export const paymentsOfEach = 100;
const paymentsOfOne = 10_000;

/** Tables that are filled, without their indexes meanwhile. */
const filled = ['transactions', 'transaction_events', 'audit_entries'];

/**
 * Fills an empty database: two years of payments in the order of their time, so that those of one customer lie as far
 * apart as they do when they are made one by one; three moves of each, and the first entry of its audit trail.
 *
 * `pool` has one connection, which keeps its settings. Needs `wal_level = minimal` to be fast: tables that are emptied
 * and filled by the same transaction are then not written twice.
 */
export async function grow(pool: pg.Pool, size: Size): Promise<void> {
  const payments = size.customers * paymentsOfEach;
  const every = Math.max(1, Math.round(payments / paymentsOfOne));
  await pool.query(
    `set session_replication_role = replica; set statement_timeout = 0; set maintenance_work_mem = '768MB';
     set work_mem = '128MB'`,
  );
  await pool.query('begin');
  await pool.query(`truncate ${filled.join(', ')} cascade`);
  await insertCustomers(pool, size);
  const indexes = await dropIndexes(pool);
  await pool.query(insertPayments, [payments, size.customers, every]);
  await pool.query(insertMoves);
  await pool.query(insertEntries);
  for (const made of indexes) await pool.query(made);
  await pool.query('drop table bench_customers');
  await pool.query('commit');
  await pool.query('vacuum analyze');
  await pool.query('checkpoint');
  await pool.query('reset session_replication_role; reset maintenance_work_mem; reset work_mem');
}

async function insertCustomers(pool: pg.Pool, { customers, linked }: Size): Promise<void> {
  await pool.query(`create table bench_customers (
    number integer primary key, user_id uuid not null, account_id uuid not null, account_number text not null)`);
  await pool.query(
    `insert into bench_customers select case when number = $2 then $3 else number - 1 end, user_id, id, account_number
     from unnest($1::uuid[]) with ordinality as given (id, number) join bank_accounts using (id)`,
    [linked.map(({ accountId }) => accountId), linked.length, customers],
  );
  await pool.query(
    `insert into bench_customers
     select number, gen_random_uuid(), gen_random_uuid(), (10000000000 + number)::text
     from generate_series($1::integer, $2::integer - 1) as number`,
    [linked.length - 1, customers],
  );
  for (const statement of customersInDrop) await pool.query(statement, [linked.length - 1, customers]);
}

const added = 'bench_customers where number >= $1 and number < $2';
const customersInDrop = [
  `insert into users (id, national_id_hash, national_id_hash_key_id, bankid_issuer, bankid_subject, name, kyc_status,
     created_at)
   select user_id, user_id, '1', 'bench', user_id, 'Kari Test', 'approved', now() from ${added}`,
  `insert into bank_connections (id, user_id, provider, bank_id, bank_name, payment_bank_id, status, state_hash,
     consent_reference, valid_until, created_at)
   select account_id, user_id, 'enable-banking', 'DNB', 'DNB', 'DNB', 'active', uuid_send(account_id), account_id,
     now() + interval '80 days', now() from ${added}`,
  `insert into bank_accounts (id, user_id, account_number, currency, balance, balance_currency, balance_at, created_at)
   select account_id, user_id, account_number, 'NOK', 100000, 'NOK', now(), now() from ${added}`,
  `insert into bank_account_consents (account_id, connection_id, provider, reference, created_at)
   select account_id, account_id, 'enable-banking', account_id, now() from ${added}`,
];

/** Drops the indexes of the tables and the constraints that have one; returns how they are made again. */
async function dropIndexes(pool: pg.Pool): Promise<string[]> {
  const { rows: constraints } = await pool.query<{ drop: string; make: string }>(
    `select format('alter table %s drop constraint %I cascade', conrelid::regclass, conname) as drop,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
     from pg_constraint where conrelid = any ($1::regclass[]) and contype in ('p', 'u', 'f')
     order by contype = 'f' desc, conname`,
    [filled],
  );
  for (const { drop } of constraints) await pool.query(drop);
  const { rows: indexes } = await pool.query<{ drop: string; make: string }>(
    `select format('drop index %s', indexrelid::regclass) as drop, pg_get_indexdef(indexrelid) as make
     from pg_index where indrelid = any ($1::regclass[])`,
    [filled],
  );
  for (const { drop } of indexes) await pool.query(drop);
  const foreign = constraints.filter(({ make }) => make.includes('FOREIGN KEY'));
  const own = constraints.filter((each) => !foreign.includes(each));
  return [...own, ...indexes, ...foreign].map(({ make }) => make);
}

/** `$1` payments of `$2` customers in turn; each `$3`th time one of the customer after the last, too. */
const insertPayments = `
  insert into transactions (id, user_id, account_id, provider, bank_id, bank_name, payment_id, status, reason, amount,
    currency, debtor_account_number, creditor_name, creditor_account_number, kid, remittance_text, order_hash,
    state_hash, idempotency_key, request_hash, created_at, updated_at, settled_at, traceparent, initiated_at,
    returned_at, is_instant)
  select uuidv7(at - now()), user_id, account_id, 'enable-banking', 'DNB', 'DNB', gen_random_uuid()::text,
    case when n % 50 = 0 then 'cancelled' else 'settled' end,
    case when n % 50 = 0 then 'cancelled_by_customer' end, 100 + (n * 7919::bigint) % 500000, 'NOK', account_number,
    'Mottaker ' || (n * 31::bigint) % 9973, (20000000000 + (n * 31::bigint) % 9973)::text,
    case when n % 2 = 0 then (100000000 + n)::text end, case when n % 2 = 1 then 'Faktura ' || n end,
    sha256(int8send(n)), sha256(int8send(n * 2::bigint + extra)), gen_random_uuid()::text, sha256(int4send(n)), at,
    at + interval '9 seconds', case when n % 50 <> 0 then at + interval '9 seconds' end,
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', at, at + interval '6 seconds', false
  from generate_series(1, $1::integer) as n
  cross join lateral (select n % $2::integer as number, 0 as extra
    union all select $2::integer, 1 where n % $3::integer = 0) as whose
  cross join lateral (select now() - ($1::integer - n) * (interval '730 days' / $1::integer)
    - interval '1 hour' as at) as "when"
  join bench_customers using (number)`;

const insertMoves = `
  insert into transaction_events (transaction_id, status, evidence, wire_status, outcome, at)
  select id, move.status, evidence, wire_status, 'moved', created_at + after
  from transactions cross join lateral (values
    ('awaiting_authorisation', 'initiation', 'RCVD', interval '0'),
    ('processing', 'callback', 'ACSP', interval '6 seconds'),
    (transactions.status, 'webhook', case transactions.status when 'settled' then 'ACSC' else 'CANC' end,
      interval '9 seconds')
  ) as move (status, evidence, wire_status, after)`;

const insertEntries = `
  insert into audit_entries (chain, sequence, kind, rows, subject, at, day, digest, previous, hash, salt)
  select 'payment:' || id, 1, 'order', id, user_id, created_at, created_at::date, order_hash, order_hash, order_hash,
    idempotency_key
  from transactions`;
