import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { grow, paymentsOfEach } from './grow.ts';
import { insertPayingCustomers, type PayingCustomer } from './customers.ts';
import { openStage, type Served, type Stage } from './stage.ts';

/** A process of Drop's on a database with many payments, and its customers. */
export interface Grown {
  stage: Stage;
  served: Served;
  /** With a hundred payments each. */
  customers: readonly PayingCustomer[];
  /** The one with 10,000. */
  rich: PayingCustomer;
  /** A KID, an amount in øre and an account that occur once or a few times. */
  rare: { kid: string; amount: number; accountNumber: string };
  generatedSeconds: number;
}

const linkedCustomers = 50;

/** `databaseUrl` names an empty database, which gets a hundred payments of each of so many customers. */
export async function openGrown(databaseUrl: string, count: number): Promise<Grown> {
  const stage = await openStage(databaseUrl);
  const linked = await insertPayingCustomers(stage.context, linkedCustomers);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const startedAt = performance.now();
  await grow(pool, { customers: count, linked: linked.map(({ account }) => ({ accountId: account.id })) });
  const generatedSeconds = (performance.now() - startedAt) / 1_000;
  await pool.end();
  const [served] = await stage.serve(1);
  const rich = linked.at(-1);
  if (served === undefined || rich === undefined) throw new RangeError('a process and its customers');
  const rare = await rareOf(stage.pool, count * paymentsOfEach);
  return { stage, served, customers: linked.slice(0, -1), rich, rare, generatedSeconds };
}

async function rareOf(pool: pg.Pool, payments: number): Promise<Grown['rare']> {
  const kid = `${100_000_000 + Math.floor(payments / 4) * 2}`;
  const { rows } = await pool.query<{ amount: string; debtor: string }>(
    `insert into transactions (id, user_id, account_id, provider, bank_id, bank_name, payment_id, status, amount,
       currency, debtor_account_number, creditor_name, creditor_account_number, order_hash, state_hash,
       idempotency_key, request_hash, created_at, updated_at)
     select $1::uuid, user_id, account_id, provider, bank_id, bank_name, $1::uuid::text, 'settled', 99999999, currency,
       debtor_account_number, creditor_name, creditor_account_number, order_hash, uuid_send($1::uuid), $1::uuid::text,
       request_hash, created_at - interval '1 hour', updated_at
     from transactions order by created_at limit 1
     returning amount, debtor_account_number as debtor`,
    [randomUUID()],
  );
  return { kid, amount: Number(rows[0]?.amount), accountNumber: rows[0]?.debtor ?? '' };
}
