import { systemClock } from '#domain/clock.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import { forgetFormerCustomers } from '#store/former-customers.ts';
import { forgetOldAccesses } from '#store/kyc-access-log.ts';
import { forgetOldCalls } from '#store/outbound-calls.ts';
import { forgetOldSessions } from '#store/sessions.ts';
import { forgetOldTickets } from '#store/sign-in-tickets.ts';
import { forgetOldSignIns } from '#store/sign-in-transactions.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { followSilentReviews, holdToLevel, rescreenCustomers } from '#usecases/verify-identity-due.ts';

export interface Jobs {
  stop(): Promise<void>;
}

/** What is done now and then, by whichever process comes first: name → when (cron) and what. */
const jobs: Record<string, { cron: string; run: (context: UseCaseContext) => Promise<void> }> = {
  'follow-silent-reviews': { cron: '* * * * *', run: followSilentReviews },
  'rescreen-customers': { cron: '* * * * *', run: rescreenCustomers },
  'hold-approvals-to-level': { cron: '* * * * *', run: holdToLevel },
  'forget-former-customers': { cron: '37 3 * * *', run: forgetCustomers },
  'forget-old-accesses': { cron: '23 3 * * *', run: forgetAccesses },
  'forget-old-sign-ins': { cron: '17 * * * *', run: forgetOld },
  'forget-old-calls': { cron: '41 * * * *', run: forgetCalls },
};

async function forgetOld({ store, clock }: UseCaseContext): Promise<void> {
  const now = clock.now();
  await forgetOldSignIns(store.database, now);
  await forgetOldTickets(store.database, now);
  await forgetOldSessions(store.database, now);
}

/** What the acts on money laundering have Drop keep is kept for five years, and not longer; see docs/privacy.md. */
const evidenceKeptMs = 1_827 * 86_400_000;
const formerCustomersMax = 1_000;

async function forgetAccesses({ store, clock }: UseCaseContext): Promise<void> {
  await forgetOldAccesses(store.database, new Date(clock.now().getTime() - evidenceKeptMs));
}

async function forgetCustomers({ store, clock }: UseCaseContext): Promise<void> {
  const old = { before: new Date(clock.now().getTime() - evidenceKeptMs), limit: formerCustomersMax };
  for (let gone = formerCustomersMax; gone === formerCustomersMax;)
    gone = await store.database
      .transaction()
      .execute((transaction) => forgetFormerCustomers(transaction, old));
}

/** Calls are kept to find out what went wrong lately; whichever bound is met first counts. */
const callsKeptMs = 14 * 86_400_000;
const callsKeptMax = 1_000_000;

async function forgetCalls({ store, clock }: UseCaseContext): Promise<void> {
  const before = new Date(clock.now().getTime() - callsKeptMs);
  await forgetOldCalls(store.database, { before, rowsMax: callsKeptMax });
}

const pollSeconds = 10;
/** What the outbound calls of one run may take together; the next run goes on where this one stopped. */
const runDeadlineMs = 120_000;
const stopTimeoutMs = 5_000;
const beginAfterMs = 200;

async function begin(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  systemClock.schedule(beginAfterMs, () => resolve(undefined));
  return promise;
}

export async function startJobs(context: UseCaseContext): Promise<Jobs> {
  // Drop serves before its scheduled work begins: to load it takes the processor for a moment.
  await begin();
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    connectionString: context.store.url,
    schema: 'jobs',
    application_name: 'drop jobs',
    max: 2,
  });
  boss.on('error', (error) => context.log('error', 'scheduled work failed', { error }));
  await boss.start();
  for (const [name, { cron, run }] of Object.entries(jobs)) {
    await boss.createQueue(name, { policy: 'singleton', retryLimit: 0, deleteAfterSeconds: 3_600 });
    await boss.work(name, { pollingIntervalSeconds: pollSeconds }, () =>
      context.tracing.run({ name: `job ${name}`, kind: 'internal' }, () =>
        withDeadline(runDeadlineMs, context.clock, () => run(context)),
      ),
    );
    await boss.schedule(name, cron);
  }
  return { stop: () => boss.stop({ graceful: true, timeout: stopTimeoutMs }) };
}
