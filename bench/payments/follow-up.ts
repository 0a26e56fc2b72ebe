import { setTimeout as pause } from 'node:timers/promises';
import { startNode, type Child } from '../children.ts';
import type { Comparison, Readings, Subject } from '../harness.ts';
import type { Target } from '../report.ts';
import type { Asked, Begin } from './banks.ts';
import { openStage, type Stage } from './stage.ts';

const payments = 100_000;
const banks = 20;
/** The first of the banks, whose readings are not counted either way. */
const hanging = 0;
/** As for payments that are ten hours old: each is due once an hour. */
const hourMs = 3_600_000;
const steadySeconds = 45;
const backlogSeconds = 30;

const answering = 'all 20 banks answer';
const withOne = 'one of them hangs';
const followUpTitle = 'Follow-up of 100,000 open payments at 20 banks';
const backlogTitle = 'Follow-up after a standstill';
const p95 = 'late at the other banks, p95, ms';
const perSecond = 'readings/s at the other banks';

export const followUpTargets: Target[] = [
  {
    what: 'ms that readings at other banks are late while one hangs, p95',
    title: followUpTitle,
    subject: withOne,
    reading: p95,
    at: 'most',
    bound: 5_000,
  },
  {
    what: 'readings at other banks while one hangs, to none that hangs',
    title: backlogTitle,
    subject: withOne,
    against: answering,
    reading: perSecond,
    at: 'least',
    bound: 0.9,
  },
];

/** Follow-up by one process: of payments that become due one after the other, and of all of them at once. */
export async function followUpBench(options: {
  rounds: number;
  databaseUrl: string;
}): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const { rounds, databaseUrl } = options;
  const stage = await openStage(databaseUrl);
  const provider = startNode(['bench/payments/banks.ts']);
  const address = await provider.line((line) => line.startsWith('http'));
  for (const statement of customers) await stage.pool.query(statement);
  const sides = { stage, provider: address };
  const common = { unit: '', baseline: answering, warmups: 0, rounds };
  const each = `${payments.toLocaleString('en')} payments of 1,000 customers, evenly at ${banks} banks of one provider`;
  return {
    comparisons: [
      {
        ...common,
        title: followUpTitle,
        method:
          `${each}, are each due once an hour, as payments that are ten hours old; one process of Drop's asks for ` +
          `${steadySeconds} s. Late is the time from when a payment is due until its bank is asked, at the 19 banks ` +
          'that answer in both runs. A process looks every two seconds.',
        subjects: subjects(sides, { spacingMs: hourMs / payments, seconds: steadySeconds }, steady),
      },
      {
        ...common,
        title: backlogTitle,
        method: `${each}, are all due at the same moment; one process of Drop's asks for ${backlogSeconds} s.`,
        subjects: subjects(sides, { spacingMs: 0, seconds: backlogSeconds }, backlog),
      },
    ],
    async stop() {
      await stage.stop();
      await provider.stop();
    },
  };
}

interface Run {
  spacingMs: number;
  seconds: number;
}

interface Sides {
  stage: Stage;
  provider: string;
}

interface Outcome {
  others: Asked;
  first: Asked;
}

function subjects(sides: Sides, run: Run, read: (outcome: Outcome) => Readings): Subject[] {
  return [
    { name: answering, sample: async () => read(await follow(sides, run)) },
    { name: withOne, sample: async () => read(await follow(sides, { ...run, hangs: hanging })) },
  ];
}

const steady = ({ others }: Outcome): Readings => ({
  'readings at the other banks': others.payments,
  'late at the other banks, median, ms': others.medianLateMs,
  [p95]: others.p95LateMs,
  'late at the other banks, longest, ms': others.maxLateMs,
});

const backlog = ({ others, first }: Outcome): Readings => ({
  [perSecond]: others.payments / backlogSeconds,
  'readings at the first bank': first.payments,
});

/** Starts a process that follows the payments up for so long, and asks the banks how late they were asked. */
async function follow(
  { stage, provider }: Sides,
  { hangs, spacingMs, seconds }: Run & { hangs?: number },
): Promise<Outcome> {
  await stage.pool.query('truncate transactions, transaction_events cascade');
  const [served] = await stage.serve(1, { ENABLE_BANKING_API_URL: provider });
  const startedAtMs = Date.now() + fillMs;
  const begin: Begin = { ...(hangs !== undefined && { hangs }), startedAtMs, spacingMs };
  await fetch(`${provider}/begin`, { method: 'POST', body: JSON.stringify(begin) });
  await stage.pool.query(openPayments, [payments, banks, new Date(startedAtMs), spacingMs / 1_000]);
  await stage.pool.query('analyze transactions');
  await pause(Math.max(0, startedAtMs - Date.now()) + seconds * 1_000);
  const asked = (await (await fetch(`${provider}/asked`)).json()) as Outcome;
  await (served as Child).stop();
  return asked;
}

/** Until the payments are there. */
const fillMs = 45_000;

const customers = [
  `insert into users (id, national_id_hash, national_id_hash_key_id, bankid_issuer, bankid_subject, name, kyc_status,
     created_at)
   select id, id, '1', 'bench', id, 'Kari Test', 'approved', now()
   from (select gen_random_uuid() as id from generate_series(1, 1000)) as made`,
  `insert into bank_accounts (id, user_id, account_number, currency, created_at)
   select gen_random_uuid(), id, '12345678903', 'NOK', now() from users`,
];

/** `$1` payments at `$2` banks in turn, the first due at `$3`, each `$4` seconds after the one before. */
const openPayments = `
  insert into transactions (id, user_id, account_id, provider, bank_id, bank_name, payment_id, status, amount,
    currency, debtor_account_number, creditor_name, creditor_account_number, kid, order_hash, state_hash,
    idempotency_key, request_hash, created_at, updated_at, initiated_at, due_at)
  select id, user_id, account_id, 'enable-banking', 'Bank ' || n % $2::integer, 'Bank ' || n % $2::integer,
    n % $2::integer || '-' || n || '-' || replace(id::text, '-', ''), 'processing', 100, 'NOK', '12345678903',
    'Nordlys', '95360573002', '2345676', '', uuid_send(id), id::text, '', now() - interval '10 hours', now(),
    now() - interval '10 hours', $3::timestamptz + n * make_interval(secs => $4::double precision)
  from (
    select gen_random_uuid() as id, n, accounts.user_id, accounts.id as account_id
    from generate_series(0, $1::integer - 1) as n
    join (select user_id, id, row_number() over (order by id) - 1 as number from bank_accounts) as accounts
      on accounts.number = (n / $2::integer) % 1000
  ) as made`;
