import { systemClock } from '#domain/clock.ts';
import { forgetOldSessions } from '#store/sessions.ts';
import { forgetOldTickets } from '#store/sign-in-tickets.ts';
import { forgetOldSignIns } from '#store/sign-in-transactions.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { followSilentPayments } from '#usecases/follow-payment.ts';
import { followSilentReviews } from '#usecases/verify-identity.ts';

export interface Jobs {
  stop(): Promise<void>;
}

/** What is done now and then, by whichever process comes first: name → when (cron) and what. */
const jobs: Record<string, { cron: string; run: (context: UseCaseContext) => Promise<void> }> = {
  'follow-silent-payments': { cron: '* * * * *', run: followSilentPayments },
  'follow-silent-reviews': { cron: '* * * * *', run: followSilentReviews },
  'forget-old-sign-ins': { cron: '17 * * * *', run: forgetOld },
};

async function forgetOld({ store, clock }: UseCaseContext): Promise<void> {
  const now = clock.now();
  await forgetOldSignIns(store.database, now);
  await forgetOldTickets(store.database, now);
  await forgetOldSessions(store.database, now);
}

const pollSeconds = 10;
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
    await boss.work(name, { pollingIntervalSeconds: pollSeconds }, () => run(context));
    await boss.schedule(name, cron);
  }
  return { stop: () => boss.stop({ graceful: true, timeout: stopTimeoutMs }) };
}
