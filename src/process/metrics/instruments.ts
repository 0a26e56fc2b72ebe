import type * as prometheusModule from 'prom-client';
import type { Counter, Histogram, Registry } from 'prom-client';
import { refusalsOf } from './refusals.ts';

/** Buckets of OpenTelemetry's stable HTTP metrics, in seconds. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
/** From the bank's own webhook, which takes seconds, to the longest time between two readings of an open payment. */
const toldBuckets = [1, 5, 15, 60, 300, 900, 1_800, 3_600, 7_200, 21_600];
const handledBuckets = [0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600];

const counters = {
  refusals: {
    name: 'drop_outbound_refusals_total',
    help: 'Calls that breaker, limit or deadline kept from going out',
    labelNames: ['provider', 'refused_by'],
  },
  webhookRefusals: {
    name: 'drop_webhook_refusals_total',
    help: 'Webhooks that were not acknowledged, by the code of the reason',
    labelNames: ['provider', 'reason'],
  },
  jobRuns: {
    name: 'drop_job_runs_total',
    help: 'Runs of jobs in this process, by how they ended',
    labelNames: ['job_name', 'outcome'],
  },
  oddItems: {
    name: 'drop_provider_odd_items_total',
    help: "Parts of providers' answers that could not be read and were left out",
    labelNames: ['provider', 'operation'],
  },
  droppedAnnouncements: {
    name: 'drop_announcements_dropped_total',
    help: 'Notifications of the database that could not be read or handled, by channel and reason',
    labelNames: ['channel', 'reason'],
  },
  alerts: {
    name: 'drop_alerts_total',
    help: 'Alerts that this process delivered to slack, mail or log, and attempts at Slack that failed',
    labelNames: ['result'],
  },
  serverErrors: {
    name: 'drop_server_errors_total',
    help: 'Answers of status 500 and above',
    labelNames: [],
  },
  paymentMoves: {
    name: 'drop_payment_moves_total',
    help: 'Changes of the status of payments in this process, by both statuses and by the evidence',
    labelNames: ['from', 'to', 'evidence'],
  },
} as const;

const histograms = {
  requests: {
    name: 'http_server_request_duration_seconds',
    help: 'Requests to Drop, by method, pattern of the route, and class of the status; streams until they begin',
    labelNames: ['http_request_method', 'http_route', 'status_class'],
    buckets: durationBuckets,
  },
  attempts: {
    name: 'http_client_request_duration_seconds',
    help: 'Requests to providers, repetitions included',
    labelNames: [
      'provider',
      'operation',
      'http_request_method',
      'server_address',
      'server_port',
      'http_response_status_code',
      'error_type',
    ],
    buckets: durationBuckets,
  },
  webhooks: {
    name: 'drop_webhook_handled_seconds',
    help: 'Time from the arrival of a webhook until it was handled, by provider',
    labelNames: ['provider'],
    buckets: handledBuckets,
  },
  settlements: {
    name: 'drop_settlement_told_seconds',
    help:
      'Longest possible time from the settlement at the bank to the notice to the customer: since the webhook about ' +
      'it arrived, or since the last reading that did not show it',
    labelNames: ['evidence'],
    buckets: toldBuckets,
  },
} as const;

/** What is counted and measured as it happens. */
export type Instruments = { registry: Registry } & {
  readonly [Name in keyof typeof counters]: Counter;
} & { readonly [Name in keyof typeof histograms]: Histogram };

/** Adds the counters and histograms to `registry`. `guards` names the guards there are at a scrape. */
export function createInstruments(
  prometheus: typeof prometheusModule,
  registry: Registry,
  guards: () => readonly string[],
): Instruments {
  const registers = [registry];
  const counter = ({ labelNames, ...rest }: (typeof counters)[keyof typeof counters]): Counter =>
    new prometheus.Counter<string>({ ...rest, labelNames: [...labelNames], registers });
  const histogram = ({
    labelNames,
    buckets,
    ...rest
  }: (typeof histograms)[keyof typeof histograms]): Histogram =>
    new prometheus.Histogram<string>({
      ...rest,
      labelNames: [...labelNames],
      buckets: [...buckets],
      registers,
    });
  const { labelNames, ...refusals } = counters.refusals;
  return {
    registry,
    refusals: new prometheus.Counter<string>({
      ...refusals,
      labelNames: [...labelNames],
      registers,
      collect() {
        for (const labels of guards().flatMap(refusalsOf)) this.inc(labels, 0);
      },
    }),
    webhookRefusals: counter(counters.webhookRefusals),
    jobRuns: counter(counters.jobRuns),
    oddItems: counter(counters.oddItems),
    droppedAnnouncements: counter(counters.droppedAnnouncements),
    alerts: counter(counters.alerts),
    serverErrors: counter(counters.serverErrors),
    paymentMoves: counter(counters.paymentMoves),
    requests: histogram(histograms.requests),
    attempts: histogram(histograms.attempts),
    webhooks: histogram(histograms.webhooks),
    settlements: histogram(histograms.settlements),
  };
}
