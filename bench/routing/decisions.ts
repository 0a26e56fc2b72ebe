import { sql } from 'kysely';
import pg from 'pg';
import type { RoutingPolicy } from '../../src/domain/routing/policy.ts';
import type { Queries, Store } from '../../src/store/database.ts';
import { routingOf } from '../../src/store/routing/customers.ts';
import type { UseCaseContext } from '../../src/usecases/context.ts';
import { routedBank } from '../../src/usecases/routing/routed-banks.ts';
import { costOf } from '../blocks.ts';
import type { Comparison, Readings, Subject } from '../harness.ts';
import { bankName } from '../open-banking/linked-account.ts';
import { home, inForce, next, policyWith } from './policy.ts';

export const fewCustomers = 1_000;
export const manyCustomers = 1_000_000;
export const decisionsTitle = 'Routing decisions';
export const nameOf = (customers: number): string => `${customers.toLocaleString('en')} customers`;

const decisions = 8_000;
const atOnce = 8;
const countedDecisions = 500;
/** As many as a policy may name. */
const namedMax = 1_000;
const namesMany = `${nameOf(manyCustomers)}, ${namedMax} of them by name`;

/** Customers with a consent each: every second one is at home, the others were moved. */
export async function fill(databaseUrl: string, customers: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const given = `(select gen_random_uuid() as id, n from generate_series(1, ${customers}) as n)`;
  await client.query(
    `with given as materialized ${given}, customers as (
       insert into users (id, national_id_hash, national_id_hash_key_id, bankid_issuer, bankid_subject, name,
         kyc_status, created_at)
       select id, id, '1', 'bench', id, 'Kari Test', 'approved', now() from given
     )
     insert into bank_connections (id, user_id, provider, bank_id, bank_name, bank_key, status, state_hash,
       valid_until, created_at, routing_version, routing_reason)
     select gen_random_uuid(), id, case n % 2 when 0 then $1 else $2 end, 'dnb', 'DNB', 'DNBANOKK', 'active',
       uuid_send(id), now() + interval '80 days', now() - interval '100 days', 1, 'share' from given`,
    [home, next],
  );
  await client.query('vacuum analyze users, bank_connections');
  await client.end();
}

/** Any customers, in any order. */
async function anyCustomers({ database }: Store, count: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from users order by random() limit ${count}`.execute(database);
  return rows.map(({ id }) => id);
}

/** PostgreSQL counts the rows that a connection reads. */
async function rowsRead({ database }: Store, customers: readonly string[]): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    const before = await rowsReadSoFar(transaction);
    for (const id of customers) await routingOf(transaction, id);
    return ((await rowsReadSoFar(transaction)) - before) / customers.length;
  });
}

async function rowsReadSoFar(transaction: Queries): Promise<number> {
  const { rows } = await sql<{ read: number }>`
    select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::integer as read
    from pg_stat_xact_user_tables
  `.execute(transaction);
  return rows[0]?.read ?? Number.NaN;
}

async function sample(
  context: UseCaseContext,
  policy: (customers: readonly string[]) => RoutingPolicy,
): Promise<Readings> {
  const { store } = context;
  const customers = await anyCustomers(store, decisions);
  await inForce(store, policy(customers));
  const banks = await context.services.openBanking.pinned(home).ais?.listBanks();
  const bankId = banks?.find(({ name }) => name === bankName)?.id ?? '';
  const left = customers.values();
  const worker = async (): Promise<void> => {
    for (const id of left) await routedBank(context, id, bankId);
  };
  const startedAt = performance.now();
  const usedUs = await costOf(() => Promise.all(Array.from({ length: atOnce }, worker)), 1);
  const seconds = (performance.now() - startedAt) / 1_000;
  return {
    'decisions/s': customers.length / seconds,
    'µs of processor a decision': usedUs / customers.length,
    'rows read a decision': await rowsRead(store, customers.slice(0, countedDecisions)),
  };
}

/** The same decisions among few customers and among many. */
export function decisionsBench(
  stores: { few: UseCaseContext; many: UseCaseContext },
  rounds: number,
): Comparison {
  const plain = (): RoutingPolicy => policyWith({});
  const naming = (customers: readonly string[]): RoutingPolicy =>
    policyWith({ customers: customers.slice(0, namedMax) });
  const subjects: Subject[] = [
    { name: nameOf(fewCustomers), sample: () => sample(stores.few, plain) },
    { name: nameOf(manyCustomers), sample: () => sample(stores.many, plain) },
    { name: namesMany, sample: () => sample(stores.many, naming) },
  ];
  return {
    title: decisionsTitle,
    method:
      `${decisions} decisions, ${atOnce} at a time: which provider serves a consent of a customer at a bank. Every ` +
      'customer has a consent already, half of them at the provider that a move leads to. The lists of banks are ' +
      'kept; each decision asks the database. Rows: of tables, as PostgreSQL counts them.',
    unit: '',
    baseline: nameOf(fewCustomers),
    warmups: 1,
    rounds,
    subjects,
  };
}
