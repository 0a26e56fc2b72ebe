import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { startNode } from '../children.ts';
import type { Comparison, Readings, Subject } from '../harness.ts';
import type { Surroundings } from './context.ts';
import type { Done } from './work.ts';

const many = 10_000;
const tenth = many / 10;
/** After a backend has ended, until the server has counted what it read. */
const countedMs = 200;

/** `%COUNT%` consents or accounts are left to do. */
const preparations = {
  remind: `
    truncate outbox;
    update bank_connections set told_days = null, valid_until = case when row <= %COUNT% then now() + interval '6 days'
      else now() + interval '80 days' end
    from (select id as it, row_number() over (order by id) as row from bank_connections) as numbered where id = it`,
  consents: `
    update bank_connections set valid_until = now() + interval '80 days',
      read_at = case when row <= %COUNT% then now() - interval '25 hours' else now() end
    from (select id as it, row_number() over (order by id) as row from bank_connections) as numbered where id = it`,
  balances: `
    update bank_connections set valid_until = now() + interval '80 days';
    delete from transactions;
    update bank_accounts set settlement_read_at = null, balance_at = now() - interval '1 hour', unattended_reads_at =
      array_fill(now() - interval '2 hours', array[(row % 5)::integer])
    from (select id as it, row_number() over (order by id) as row from bank_accounts) as numbered where id = it;
    insert into transactions (id, user_id, account_id, provider, bank_id, bank_name, status, amount, currency,
      debtor_account_number, creditor_name, creditor_account_number, order_hash, state_hash, idempotency_key,
      request_hash, created_at, updated_at, settled_at)
    select gen_random_uuid(), user_id, id, 'bench', 'bench', 'DNB', 'settled', 100, 'NOK', '12345678903', 'Bench',
      '12345678903', '', uuid_send(id), id, '', now(), now(),
      now() - interval '1 minute' - row_number() over () * interval '1 ms'
    from bank_accounts order by id limit %COUNT%`,
};

type Work = keyof typeof preparations;

interface Stage {
  surroundings: Surroundings;
  pool: pg.Pool;
}

async function run(
  { surroundings, pool }: Stage,
  work: Work,
  count: number,
): Promise<Done & { rows: number }> {
  await pool.query(preparations[work].replaceAll('%COUNT%', `${count}`));
  await pool.query('vacuum analyze');
  await fetch(`${surroundings['CONTROL']}/reads`, { method: 'DELETE' });
  const before = await rowsRead(pool);
  const child = startNode(['--expose-gc', 'bench/open-banking/work.ts'], {
    WORK: work,
    SURROUNDINGS: JSON.stringify(surroundings),
  });
  const done = JSON.parse(await child.line((line) => line.startsWith('{'))) as Done;
  await child.stop();
  await pause(countedMs);
  return { ...done, rows: (await rowsRead(pool)) - before };
}

/** Rows that statements have read of all tables, but for the server's own. */
async function rowsRead(pool: pg.Pool): Promise<number> {
  await pool.query('select pg_stat_force_next_flush()');
  await pool.query('select pg_stat_clear_snapshot()');
  const { rows } = await pool.query<{ read: string }>(
    'select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as read from pg_stat_user_tables',
  );
  return Number(rows[0]?.read);
}

function subjects(
  stage: Stage,
  work: Work,
  read: (done: Done & { rows: number }, count: number) => Readings,
) {
  return [tenth, many].map((count): Subject => ({
    name: nameOf(count),
    sample: async () => read(await run(stage, work, count), count),
  }));
}

export const nameOf = (count: number): string => count.toLocaleString('en');
export const sweepTitles = {
  remind: 'Reminding of consents that end',
  consents: 'Reading consents once a day',
  balances: 'Balances after settlements',
} as const satisfies Record<Work, string>;

const common = { unit: '', baseline: nameOf(tenth), warmups: 0 };
/** The cost of a run to its process, for each consent or account. */
const costs = (done: Done & { rows: number }, count: number, each: string): Readings => ({
  [`µs of processor ${each}`]: (done.processorSeconds * 1_000_000) / count,
  [`rows read ${each}`]: done.rows / count,
  'added to the heap, MB': done.keptMB,
  'added to resident memory at the peak, MB': done.peakMB,
});

/** Work over all customers at once, with all providers live, in a process of its own; so are the emulators. */
export function sweeps(stage: Stage, rounds: number): Comparison[] {
  return [
    {
      ...common,
      rounds,
      title: sweepTitles.remind,
      method:
        `One run of the job over ${nameOf(many)} consents, of which so many end within seven days: a ` +
        'notice in the app and a mail each. Rows read are those of all tables.',
      subjects: subjects(stage, 'remind', (done, count) => ({
        seconds: done.seconds,
        'consents/s': count / done.seconds,
        ...costs(done, count, 'a consent'),
      })),
    },
    {
      ...common,
      rounds,
      title: sweepTitles.consents,
      method:
        `The job as often as it takes to read so many of ${nameOf(many)} consents at their providers, ` +
        'whose emulators are one process.',
      subjects: subjects(stage, 'consents', (done, count) => ({
        seconds: done.seconds,
        'consents/s': done.calls / done.seconds,
        'calls a consent': done.calls / count,
        ...costs(done, count, 'a consent'),
      })),
    },
    {
      ...common,
      rounds,
      title: sweepTitles.balances,
      method:
        'The job as often as it takes to read the balances of so many accounts, each with a payment ' +
        'that has settled. A fifth has none of the four unattended readings of the day left, and is ' +
        'not asked about.',
      subjects: subjects(stage, 'balances', (done, count) => ({
        seconds: done.seconds,
        'accounts/s': count / done.seconds,
        'calls beyond the budget': done.calls - (count * 4) / 5,
        'refused by a bank': done.refused,
        ...costs(done, count, 'an account'),
      })),
    },
  ];
}
