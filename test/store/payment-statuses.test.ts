import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { evidenceKinds, isFinal, paymentStatuses } from '#domain/payment/status.ts';
import { testStore } from '../support/database.ts';
import { oldDatabase } from '../support/old-database.ts';

const lists = {
  transactions_status_check: paymentStatuses,
  transaction_events_evidence_check: evidenceKinds,
};

test('the database accepts exactly the statuses and the kinds of evidence of the domain', async () => {
  const { pool } = await testStore();
  const { rows } = await pool.query<{ name: string; definition: string }>(
    `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where conname = any ($1)`,
    [Object.keys(lists)],
  );
  const taken = rows.map(({ name, definition }) => [
    name,
    [...definition.matchAll(/'(\w+)'/g)].map(([, word]) => word),
  ]);
  expect(Object.fromEntries(taken)).toEqual(lists);
});

const statusesBefore = [
  'created',
  'awaiting_authorisation',
  'authorised',
  'processing',
  'settled',
  'rejected',
];

test('after an upgrade payments without an answer are unknown, and every open payment is read', async () => {
  const { pool, upgrade } = await oldDatabase('0011');
  const [userId, connectionId, accountId] = [randomUUID(), randomUUID(), randomUUID()];
  await pool.query(
    `insert into users (id, national_id_hash, national_id_hash_key_id, bankid_issuer, bankid_subject, name, created_at)
     values ($1, 'h', '1', 'i', 's', 'Kari Test', now())`,
    [userId],
  );
  await pool.query(
    `insert into bank_connections (id, user_id, provider, bank_id, bank_name, status, state_hash, created_at)
     values ($1, $2, 'p', 'b', 'B', 'active', 'x', now())`,
    [connectionId, userId],
  );
  await pool.query(
    `insert into bank_accounts (id, user_id, connection_id, provider, identity, reference, currency, created_at)
     values ($1, $2, $3, 'p', 'i', 'r', 'NOK', now())`,
    [accountId, userId, connectionId],
  );
  for (const status of statusesBefore)
    await pool.query(
      `insert into transactions (id, user_id, account_id, provider, bank_id, bank_name, status, amount, currency,
         debtor_account_number, creditor_name, creditor_account_number, order_hash, state_hash, idempotency_key,
         request_hash, created_at, updated_at)
       values ($1, $2, $3, 'p', 'b', 'B', $4, 100, 'NOK', '1', 'C', '2', 'o', convert_to($4, 'UTF8'), $4, 'r', now(),
         now())`,
      [randomUUID(), userId, accountId, status],
    );
  await pool.query(
    `insert into transaction_events (transaction_id, status, evidence, outcome, at)
     select id, 'settled', 'poll', 'contradiction', now() from transactions where status = 'rejected'`,
  );

  await upgrade();
  const { rows } = await pool.query<{ key: string; status: string; due: boolean; contradicted: boolean }>(
    `select idempotency_key as key, status, due_at is not null as due, contradicted_at is not null as contradicted
     from transactions order by created_at, idempotency_key`,
  );
  const found = new Map(rows.map((row) => [row.key, row]));
  expect(found.get('created')).toMatchObject({ status: 'unknown', due: true });
  for (const status of statusesBefore.slice(1)) expect(found.get(status)?.status).toBe(status);
  for (const { key, due, contradicted } of rows)
    expect(due, key).toBe(contradicted || !paymentStatuses.some((each) => each === key && isFinal(each)));
  expect(rows.filter(({ contradicted }) => contradicted).map(({ key }) => key)).toEqual(['rejected']);
});
