import { isFinal, paymentStatuses } from '#domain/payment/status.ts';
import type { EndingConsents } from '#store/ending-consents.ts';
import { outboxChannels } from '#store/outbox/search.ts';
import { conditionKinds } from '#usecases/alerts/condition-kinds.ts';
import type { StateReading } from './database-readings.ts';

/** The labels and the value of one series. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** A gauge that shows what was last read of the database. */
export interface ReadingGauge<Value> {
  help: string;
  labels: readonly string[];
  samples(value: Value, now: Date): Sample[];
}

const secondsSince = (at: Date | null, now: Date): number =>
  at === null ? 0 : Math.max(0, (now.getTime() - at.getTime()) / 1_000);

// What has no row is 0, so that a panel without data means that nothing was read.
const statuses = paymentStatuses.filter((status) => !isFinal(status));

const byStatus = (read: (row: StateReading['payments'][number], now: Date) => number) => ({
  labels: ['status'],
  samples: ({ payments }: StateReading, now: Date): Sample[] => {
    const values = new Map(payments.map((row) => [row.status, read(row, now)]));
    // A payment that its bank contradicts is open with a final status.
    const shown = new Set([...statuses, ...values.keys()]);
    return [...shown].map((status) => ({ labels: { status }, value: values.get(status) ?? 0 }));
  },
});

const byChannel = (read: (row: StateReading['messages'][number], now: Date) => number) => ({
  labels: ['channel'],
  samples: ({ messages }: StateReading, now: Date): Sample[] => {
    const values = new Map(messages.map((row) => [row.channel, read(row, now)]));
    return outboxChannels.map((channel) => ({ labels: { channel }, value: values.get(channel) ?? 0 }));
  },
});

const ofInbox = (read: (webhooks: StateReading['webhooks'], now: Date) => number) => ({
  labels: [],
  samples: ({ webhooks }: StateReading, now: Date): Sample[] => [{ labels: {}, value: read(webhooks, now) }],
});

/** Prometheus gives every series a label `job` of its own. */
const jobLabel = 'job_name';

const byJob = (read: (row: StateReading['jobs'][number]) => number) => ({
  labels: [jobLabel],
  samples: ({ jobs }: StateReading): Sample[] =>
    jobs.map((row) => ({ labels: { [jobLabel]: row.job }, value: read(row) })),
});

/** The gauges of what waits in the database, by name. */
export const stateGauges: Readonly<Record<string, ReadingGauge<StateReading>>> = {
  drop_unresolved_payments: {
    help: 'Payments whose end is not known, by status',
    ...byStatus(({ count }) => count),
  },
  drop_oldest_unresolved_payment_seconds: {
    help: 'Age of the oldest payment whose end is not known, by status',
    ...byStatus(({ oldestAt }, now) => secondsSince(oldestAt, now)),
  },
  drop_outbox_waiting: {
    help: 'Messages that wait to be delivered, by channel',
    ...byChannel(({ waiting }) => waiting),
  },
  drop_outbox_oldest_waiting_seconds: {
    help: 'Age of the oldest message that waits to be delivered, by channel',
    ...byChannel(({ oldestAt }, now) => secondsSince(oldestAt, now)),
  },
  drop_outbox_dead: {
    help: 'Messages that were given up, by channel',
    ...byChannel(({ dead }) => dead),
  },
  drop_inbox_waiting: {
    help: 'Webhooks that wait to be handled',
    ...ofInbox(({ waiting }) => waiting),
  },
  drop_inbox_oldest_waiting_seconds: {
    help: 'Age of the oldest webhook that waits to be handled',
    ...ofInbox(({ oldestAt }, now) => secondsSince(oldestAt, now)),
  },
  drop_inbox_dead: {
    help: 'Webhooks of the last 30 days that were given up',
    ...ofInbox(({ dead }) => dead),
  },
  drop_jobs_waiting: { help: 'Jobs that wait for their run, by job', ...byJob(({ waiting }) => waiting) },
  drop_jobs_active: { help: 'Jobs that a process does now, by job', ...byJob(({ active }) => active) },
  drop_jobs_dead: {
    help: 'Jobs whose last attempt failed and that are still kept, by job',
    ...byJob(({ dead }) => dead),
  },
  drop_job_last_success_seconds: {
    help: 'Time since any process last did a scheduled job without a failure, by job',
    labels: [jobLabel],
    samples: ({ runs }, now) =>
      runs.map(({ job, doneAt }) => ({ labels: { [jobLabel]: job }, value: secondsSince(doneAt, now) })),
  },
  drop_open_alerts: {
    help: 'Conditions that operators were alerted to and that are not over, by alert',
    labels: ['alert'],
    samples: ({ alerts }) => {
      const values = new Map(alerts.map(({ key, count }) => [key, count]));
      const shown = new Set([...Object.keys(conditionKinds), ...values.keys()]);
      return [...shown].map((alert) => ({ labels: { alert }, value: values.get(alert) ?? 0 }));
    },
  },
};

/** The gauges of consents, by name. */
export const consentGauges: Readonly<Record<string, ReadingGauge<readonly EndingConsents[]>>> = {
  drop_consents_ending: {
    help: 'Consents in force that end within 7 or 30 days (`within` is `7d` or `30d`), by provider',
    labels: ['provider', 'within'],
    samples: (providers) =>
      providers.flatMap(({ provider, within7Days, within30Days }) => [
        { labels: { provider, within: '7d' }, value: within7Days },
        { labels: { provider, within: '30d' }, value: within30Days },
      ]),
  },
};
