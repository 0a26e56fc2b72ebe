import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '#store/migrate.ts';
import { orderedFailuresMax } from '#inbox/postgres/work.ts';
import { deliverAll, seeded, shuffledEvents, type Delivery } from './deliveries.ts';
import { Fleet } from './fleet.ts';
import { ownPostgres, type OwnPostgres } from './postgres.ts';

/** `npm run chaos` goes all the way; the usual run a fifth of it. */
const isFull = process.env['npm_lifecycle_event'] === 'chaos';
const kills = isFull ? 100 : 20;
const crashes = isFull ? 10 : 2;
const acknowledgementsAKill = 30;
const subjects = 40;
const seed = Number(process.env['CHAOS_SEED'] ?? 1);

async function prepare(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url });
  await migrate(url);
  await pool.query(`
    create table chaos_handlings (webhook_id bigint not null);
    create table chaos_effects (
      webhook_id bigint primary key, subject text not null, position bigint generated always as identity
    );
    create table chaos_totals (subject text primary key, total integer not null);
    create function tell() returns trigger language plpgsql as
      $$ begin perform pg_notify('chaos_marked', ''); return null; end $$;
    create trigger tell after update of status on webhook_inbox for each statement execute function tell();
  `);
  await pool.end();
}

/** Waits until nothing is left to handle. */
async function drained(client: pg.Client): Promise<void> {
  for (;;) {
    const told = new Promise((resolve) => client.once('notification', resolve));
    const left = await client.query("select from webhook_inbox where status = 'received' limit 1");
    if (left.rowCount === 0) return;
    await told;
  }
}

/** Kills and crashes as acknowledgements come in; the senders wait where processes do not come back as fast. */
function trouble(fleet: Fleet, postgres: OwnPostgres, random: () => number) {
  const done = { kills: 0, crashes: 0 };
  let crashing = Promise.resolve();
  const isDue = (count: number): boolean =>
    done.kills < kills && count >= (done.kills + 1) * acknowledgementsAKill;
  return {
    done,
    async onAcknowledged(count: number): Promise<void> {
      while (isDue(count) && fleet.listening < 2) await fleet.atLeast(2);
      if (!isDue(count)) return;
      fleet.kill(random());
      done.kills += 1;
      if (done.kills % (kills / crashes) !== 0) return;
      done.crashes += 1;
      crashing = crashing.then(() => postgres.crash());
    },
    over: () => crashing,
  };
}

interface Handled {
  key: string;
  subject: string;
  position: number;
  failures: number;
}

/**
 * Pairs of one subject of which the one was acknowledged before the other was sent, and took effect after it; but not
 * where the one lost so many leases that the other need not wait for it.
 */
function outOfOrder(deliveries: readonly Delivery[], handled: readonly Handled[]): string[] {
  const positions = new Map(handled.map(({ key, position }) => [key, Number(position)]));
  const positionOf = ({ event }: Delivery): number => positions.get(event.key) ?? Number.NaN;
  const mayBeLate = new Set(
    handled.filter(({ failures }) => failures >= orderedFailuresMax).map(({ key }) => key),
  );
  const first = deliveries.filter(
    ({ event, sentAt }) =>
      !deliveries.some((other) => other.event.key === event.key && other.sentAt < sentAt),
  );
  return first.flatMap((later) =>
    first
      .filter(({ event }) => event.subject === later.event.subject)
      .filter(({ event }) => !mayBeLate.has(event.key))
      .filter((earlier) => earlier.acknowledgedAt < later.sentAt && positionOf(earlier) > positionOf(later))
      .map((earlier) => `${earlier.event.key} after ${later.event.key}`),
  );
}

test(
  `nothing is lost, nothing happens twice, order holds: ${kills} kills, ${crashes} crashes, seed ${seed}`,
  { timeout: 300_000 },
  async () => {
    const postgres = await ownPostgres();
    onTestFinished(() => postgres.remove());
    await prepare(postgres.url);
    const random = seeded(seed);
    const fleet = new Fleet({ file: 'app.ts', databaseUrl: postgres.url }, 3);
    onTestFinished(() => fleet.end());
    await fleet.atLeast(3);
    const { done, onAcknowledged, over } = trouble(fleet, postgres, random);
    const events = shuffledEvents((kills + 5) * acknowledgementsAKill, subjects, random);
    const deliveries = await deliverAll(events, { fleet, postgres, random }, { atOnce: 24, onAcknowledged });
    await over();

    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    onTestFinished(() => client.end());
    await client.query('listen chaos_marked');
    await drained(client);
    const { rows: handled } = await client.query<Handled>(`
      select deduplication_key as key, effect.subject, position, failures
      from webhook_inbox as webhook join chaos_effects as effect on effect.webhook_id = webhook.id
      where webhook.status = 'handled'
    `);
    const { rows: totals } = await client.query<{ total: number }>('select total from chaos_totals');
    const { rows: handlings } = await client.query('select from chaos_handlings');

    const sent = new Set(events.map(({ key }) => key));
    expect(new Set(handled.map(({ key }) => key))).toEqual(sent);
    expect(handled).toHaveLength(sent.size);
    expect(totals.reduce((sum, { total }) => sum + Number(total), 0)).toBe(sent.size);
    expect(deliveries.filter(({ receipt }) => receipt === 'stored').length).toBeLessThanOrEqual(sent.size);
    expect(outOfOrder(deliveries, handled)).toEqual([]);
    expect(done).toEqual({ kills, crashes });
    expect(fleet.faults).toEqual([]);
    expect(handled.filter(({ failures }) => failures < orderedFailuresMax).length).toBeGreaterThan(
      sent.size / 2,
    );
    // Otherwise nothing was in anybody's hands when it was killed.
    expect(handlings.length).toBeGreaterThan(sent.size);
    expect(deliveries.some(({ tries }) => tries > 1)).toBe(true);
  },
);
