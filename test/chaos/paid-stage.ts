import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { openStore } from '#store/database.ts';
import { migrate } from '#store/migrate.ts';
import { pgBouncerBefore, skippedBecause } from '../support/pgbouncer.ts';
import { bankCustomers, bankOf } from './bank-customers.ts';
import { each } from './each.ts';
import type { Pace } from './fast-clock.ts';
import { policies, providerIds } from './moved-policies.ts';
import { PayingCustomer } from './paying-customer.ts';
import { ownPostgres } from './postgres.ts';
import { startReceivers } from './receivers.ts';
import { stageOf, type Stage } from './stage.ts';
import type { TroubledStage } from './troubles.ts';

const poolSize = 40;
const triesMax = 5;

interface PaidStageOptions {
  customers: number;
  processes: number;
  seed: number;
  random: () => number;
  pace: Pace;
}

/** Processes of Drop's on a PostgreSQL of their own behind a pooler, with a mail server and an alerts channel. */
export async function paidStage(options: PaidStageOptions): Promise<TroubledStage> {
  const postgres = await ownPostgres();
  onTestFinished(() => postgres.remove());
  await migrate(postgres.url);
  const store = openStore(postgres.url);
  onTestFinished(() => store.close());
  // Where there is no PgBouncer, Drop reaches PostgreSQL directly, and the proof says so.
  const pooler = skippedBecause === undefined ? await pgBouncerBefore(postgres.url, poolSize) : undefined;
  const receivers = await startReceivers(() => undefined);
  onTestFinished(() => receivers.close());
  const stage = await stageOf({
    ...options,
    store,
    unsteadyUrl: pooler?.url ?? postgres.url,
    variables: {
      DATABASE_DIRECT_URL: postgres.url,
      SMTP_URL: receivers.smtpUrl,
      SMTP_BACKUP_URL: '',
      SLACK_WEBHOOK_URL: receivers.slackUrl,
    },
  });
  return { ...stage, postgres, pooler, receivers };
}

/** Verified customers with an e-mail address, each linked to a bank through one of `providers` in turn. */
export async function payingCustomers(
  stage: Stage,
  { count, providers = providerIds }: { count: number; providers?: readonly string[] },
): Promise<PayingCustomer[]> {
  const customers = bankCustomers(count)
    .people()
    .map((person, index) => new PayingCustomer(stage.balancer.origin, person, bankOf(index)));
  onTestFinished(async () => void (await Promise.all(customers.map((customer) => customer.close()))));
  const { move } = policies(stage);
  // One by one, as Sumsub limits how many may begin.
  await each(customers, (customer) => patiently(() => customer.join()), 1);
  await each(customers, async (customer, index) => {
    const provider = providers[index % providers.length] ?? '';
    await move(customer.userId, provider);
    await patiently(() => customer.link(provider));
    await verifiedAddress(stage, customer.userId);
  });
  return customers;
}

/** On a busy machine a step may take longer than its deadline, which a faster clock brings nearer. */
async function patiently(step: () => Promise<void>): Promise<void> {
  for (let left = triesMax; left > 1; left -= 1) {
    const isDone = await step().then(
      () => true,
      () => false,
    );
    if (isDone) return;
  }
  await step();
}

async function verifiedAddress({ store }: Stage, userId: string): Promise<void> {
  const at = systemClock.now();
  const address = { user_id: userId, address: `${userId}@example.com`, created_at: at, verified_at: at };
  await store.database
    .insertInto('email_addresses')
    .values({ ...address, id: randomUUID(), status: 'verified' })
    .execute();
}
