import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isFaultOfData } from '#inbox/postgres/run.ts';
import { auditSources } from '#store/audit/sources.ts';
import { rewrite } from './rewrite.ts';
import { auditedTrail, type Trail } from './trail.ts';

const step = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('awaiting_authorisation', 'rejected', 'settled') },
  { weight: 1, arbitrary: fc.constant('calls') },
  { weight: 1, arbitrary: fc.constant('night') },
);

/** Lives through a history, and ends it with a payment and a signed day. */
async function live(trail: Trail, steps: readonly string[]): Promise<void> {
  for (let day = 0; day < 3; day += 1) {
    await trail.pay();
    await trail.nextDay();
  }
  for (const each of [...steps, 'settled', 'calls', 'night']) {
    if (each === 'night') await trail.nextDay();
    else if (each === 'calls') await trail.call(2);
    else await trail.pay(each as 'settled');
  }
}

const changed: Readonly<Record<string, string>> = {
  text: "coalesce(%, '') || 'x'",
  uuid: "'00000000-0000-4000-8000-000000000000'",
  integer: 'coalesce(%, 0) + 1',
  bigint: 'coalesce(%, 0) + 1',
  'double precision': '% + 1',
  boolean: 'not %',
  date: "coalesce(%, '2026-01-01') + 1",
  'timestamp with time zone': "% + interval '1 second'",
  bytea: "% || '\\x00'",
  jsonb: `'{"forged": true}'`,
  ARRAY: "array['forged']",
};

const order = auditSources.order?.columns ?? [];
const tables: Readonly<Record<string, readonly string[]>> = {
  audit_entries: [
    ...['chain', 'sequence', 'kind', 'rows', 'subject', 'at', 'day', 'digest', 'previous', 'hash', 'salt'],
  ],
  audit_roots: ['statement', 'signature', 'public_key'],
  transactions: [...order, 'status'],
  transaction_events: auditSources.move?.columns ?? [],
  outbox: auditSources.notice?.columns ?? [],
  outbound_calls: auditSources.calls?.columns ?? [],
};

const tampering = fc.constantFrom(...Object.keys(tables)).chain((table) =>
  fc.record({
    table: fc.constant(table),
    act: fc.constantFrom('change', 'change', 'remove', 'rewrite', 'remove_tail'),
    column: fc.constantFrom(...(tables[table] ?? [])),
    row: fc.double({ min: 0, max: 0.999, noNaN: true }),
  }),
);
type Tampering = typeof tampering extends fc.Arbitrary<infer Value> ? Value : never;

async function tamper(trail: Trail, { table, act, column, row }: Tampering): Promise<void> {
  const { database } = trail.bank.context.store;
  // What is no customer's message has no entry.
  const where = table === 'outbox' ? 'where user_id is not null' : '';
  const { rows } = await sql
    .raw<{ place: string; chain?: string }>(
      `select ctid::text as place, * from ${table} ${where} order by ${column} nulls last, ctid`,
    )
    .execute(database);
  const chosen = rows[Math.floor(row * rows.length)];
  if (!chosen) throw new RangeError(`${table} has rows`);
  const at = `ctid = '${chosen.place}'`;
  if (act === 'rewrite' && chosen.chain !== undefined) return rewrite(trail, chosen.chain);
  if (act === 'remove_tail' && chosen.chain !== undefined)
    return trail.tamper(`delete from audit_entries where chain = '${chosen.chain}'`);
  if (act !== 'change') return trail.tamper(`delete from ${table} where ${at}`);
  const types = await sql<{ type: string }>`
    select data_type as type from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and column_name = ${column}
  `.execute(database);
  const value = (changed[types.rows[0]?.type ?? ''] ?? '').replaceAll('%', column);
  const other = column === 'status' && table === 'transactions' ? "'unknown'" : value;
  await trail.tamper(`update ${table} set ${column} = ${other} where ${at}`);
}

/** The owner of the tables can do that, too. */
async function dropChecks(trail: Trail): Promise<void> {
  const { rows } = await sql<{ statement: string }>`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement
    from pg_constraint where contype = 'c' and conrelid::regclass::text = any (${Object.keys(tables)}::text[])
  `.execute(trail.bank.context.store.database);
  await trail.tamper(rows.map(({ statement }) => statement).join(';'));
}

test('whatever was done, and whatever is then changed with the rights of the owner, is found', async () => {
  const trail = await auditedTrail();
  const [steps = []] = fc.sample(fc.array(step, { minLength: 3, maxLength: 12 }), 1);
  await live(trail, steps);
  expect(await trail.faults(), `a history of ${steps.join(', ')}`).toEqual([]);
  await dropChecks(trail);
  const restore = await trail.keep();
  await fc.assert(
    fc.asyncProperty(tampering, async (change) => {
      await tamper(trail, change).catch((error: unknown) => fc.pre(!isFaultOfData(error)));
      const found = await trail.faults();
      await restore();
      expect(found).not.toEqual([]);
    }),
    { numRuns: 80, endOnFailure: true },
  );
}, 120_000);
