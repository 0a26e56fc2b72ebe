import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { migrate } from '#store/migrate.ts';
import { seeded } from './deliveries.ts';
import { Fleet } from './fleet.ts';
import { ownPostgres, type OwnPostgres } from './postgres.ts';
import { startReceivers, type Receivers } from './receivers.ts';

/** `npm run chaos` goes all the way; the usual run a twelfth of it, as `paid.test.ts` tells of payments besides. */
const isFull = process.env['npm_lifecycle_event'] === 'chaos';
const kills = isFull ? 50 : 4;
const arrivalsAKill = 12;
const customers = (kills + 5) * arrivalsAKill;
const alertsEvery = 8;
const seed = Number(process.env['CHAOS_SEED'] ?? 1);

/** Customers with an address, of each of whom there is something to tell. */
async function prepare(url: string): Promise<void> {
  await migrate(url);
  await withPool(url, (pool) =>
    pool.query(`
      create table chaos_work (user_id uuid primary key, alerts boolean not null);
      with person as (
        insert into users
          (id, national_id_hash, national_id_hash_key_id, bankid_issuer, bankid_subject, name, created_at)
        select id, id::text, '1', 'test', id::text, 'Kari Test', now()
        from (select gen_random_uuid() as id from generate_series(1, ${customers})) as made_up
        returning id
      ), address as (
        insert into email_addresses (id, user_id, address, status, created_at)
        select gen_random_uuid(), id, id || '@example.com', 'verified', now() from person
      )
      insert into chaos_work select id, row_number() over () % ${alertsEvery} = 0 from person;
    `),
  );
}

async function withPool<Result>(url: string, use: (pool: pg.Pool) => Promise<Result>): Promise<Result> {
  const pool = new pg.Pool({ connectionString: url });
  try {
    return await use(pool);
  } finally {
    await pool.end();
  }
}

async function left(url: string): Promise<number> {
  return withPool(url, async (pool) => {
    const { rows } = await pool.query<{ left: number }>(`
      select (select count(*) from chaos_work)::integer
        + (select count(*) from outbox where status = 'waiting')::integer as left
    `);
    return rows[0]?.left ?? Number.NaN;
  });
}

interface Row {
  channel: string;
  status: string;
  user_id: string;
  subject: string | null;
}

function rowsOf(url: string): Promise<Row[]> {
  return withPool(
    url,
    async (pool) =>
      (await pool.query<Row>(`select channel, status, user_id, parameters->>'userId' as subject from outbox`))
        .rows,
  );
}

/** Kills a process at every so many arrivals, and crashes the database once. */
function trouble(postgres: OwnPostgres, fleetOf: () => Fleet) {
  const random = seeded(seed);
  const done = { arrivals: 0, kills: 0 };
  let crashing = Promise.resolve();
  return {
    done,
    onArrival(): void {
      done.arrivals += 1;
      if (done.kills >= kills || done.arrivals < (done.kills + 1) * arrivalsAKill) return;
      if (fleetOf().listening < 2) return;
      done.kills += 1;
      fleetOf().kill(random());
      if (done.kills === kills / 2) crashing = postgres.crash();
    },
    crashed: () => crashing,
  };
}

const idsByAddress = ({ mails }: Receivers): Map<string, Set<string>> => {
  const ids = new Map<string, Set<string>>();
  for (const { to, messageId } of mails) ids.set(to, (ids.get(to) ?? new Set()).add(messageId));
  return ids;
};

test(
  `of all that happens customers and operators are told: ${kills} kills, a crash, seed ${seed}`,
  { timeout: 300_000 },
  async () => {
    const postgres = await ownPostgres();
    onTestFinished(() => postgres.remove());
    await prepare(postgres.url);
    const { done, onArrival, crashed } = trouble(postgres, () => fleet);
    const receivers = await startReceivers(onArrival);
    onTestFinished(() => receivers.close());
    const environment = { SMTP_URL: receivers.smtpUrl, SLACK_WEBHOOK_URL: receivers.slackUrl };
    const program = { file: 'telling-app.ts', databaseUrl: postgres.url, environment };
    const fleet = new Fleet(program, 4);
    onTestFinished(() => fleet.end());
    const over = async (): Promise<void> => {
      if (fleet.faults.length > 0) throw new RangeError(fleet.faults.join('\n'));
      expect(await left(postgres.url)).toBe(0);
    };
    await vi.waitFor(over, { timeout: isFull ? 240_000 : 60_000, interval: 250 });
    await crashed();

    const rows = await rowsOf(postgres.url);
    const told = rows.filter(({ channel }) => channel === 'app').map((row) => row.user_id);
    expect(told).toHaveLength(customers);
    expect(new Set(told).size).toBe(customers);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['delivered']));
    const ids = idsByAddress(receivers);
    expect(new Set(ids.keys())).toEqual(new Set(told.map((userId) => `${userId}@example.com`)));
    expect([...ids.values()].filter(({ size }) => size !== 1)).toEqual([]);
    expect([...ids.values()].filter((each) => each.has('none'))).toEqual([]);
    const alerted = rows.filter(({ channel }) => channel === 'alert').map(({ subject }) => subject ?? '');
    expect(alerted).toHaveLength(Math.floor(customers / alertsEvery));
    const texts = receivers.alerts.join('\n');
    expect(alerted.filter((userId) => !texts.includes(userId))).toEqual([]);
    expect(done.kills).toBe(kills);
    expect(fleet.faults).toEqual([]);
    // Otherwise no process was killed with a mail in hand.
    expect(receivers.mails.length).toBeGreaterThan(customers);
  },
);
