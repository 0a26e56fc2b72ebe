import type { Counter, Histogram, Registry } from 'prom-client';
import type { OddItems } from '#domain/odd-items.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import type { OutboundSnapshot } from '#outbound/outbound.ts';
import { addGauges } from './gauges.ts';

/** Buckets of OpenTelemetry's stable HTTP metrics, in seconds. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

export interface Metrics {
  observeAttempt(attempt: OutboundAttempt): void;
  countServerError(): void;
  /** `result` is `slack`, `mail`, `log` or `failed`. */
  countAlert(result: string): void;
  countWebhookRefusal(provider: string, reason: string): void;
  /** `outcome` is `done`, `failed` or `interrupted`. */
  countJobRun(job: string, outcome: string): void;
  countOddItems(odd: OddItems): void;
  countDroppedAnnouncement(channel: string, reason: string): void;
  text(): Promise<string>;
}

/** Read when the metrics are requested. */
export interface MetricSources {
  outbounds(): OutboundSnapshot[];
  /** Whether announcements of other processes arrive; absent in a process that does not listen. */
  isHearing?(): boolean;
  /** Calls that were not kept for the operator. */
  droppedCalls(): number;
  /** Payments that are not over, by status. */
  unresolvedPayments(): Promise<UnresolvedPayments[]>;
  /** Conditions that operators were alerted to and that are not over, by kind; absent where none are watched. */
  openAlerts?(): Promise<OpenAlerts[]>;
  /** Messages that wait or were given up, by channel; absent where no database is read. */
  undeliveredMessages?(): Promise<UndeliveredMessages[]>;
}

export interface UnresolvedPayments {
  status: string;
  count: number;
  oldestAgeSeconds: number;
}

export interface OpenAlerts {
  key: string;
  count: number;
}

export interface UndeliveredMessages {
  channel: string;
  waiting: number;
  dead: number;
  /** 0 while none waits. */
  oldestAgeSeconds: number;
}

/** The library is loaded with the first thing that is measured, so that Drop serves before it. */
export function createMetrics(sources: MetricSources): Metrics {
  let loading: Promise<Instruments> | undefined;
  const instruments = (): Promise<Instruments> => (loading ??= createInstruments(sources));
  // A measurement that fails is lost; it must not end the process.
  const later = (act: (loaded: Instruments) => void): void => {
    instruments()
      .then(act)
      .catch(() => undefined);
  };
  return {
    observeAttempt: (attempt) => later((loaded) => observe(loaded, attempt)),
    countAlert: (result) => later(({ alerts }) => alerts.inc({ result })),
    countServerError: () => later(({ serverErrors }) => serverErrors.inc()),
    countWebhookRefusal: (provider, reason) =>
      later(({ webhookRefusals }) => webhookRefusals.inc({ provider, reason })),
    countJobRun: (job, outcome) => later(({ jobRuns }) => jobRuns.inc({ job, outcome })),
    countOddItems: ({ provider, operation, count }) =>
      later(({ oddItems }) => oddItems.inc({ provider, operation }, count)),
    countDroppedAnnouncement: (channel, reason) =>
      later(({ droppedAnnouncements }) => droppedAnnouncements.inc({ channel, reason })),
    text: async () => (await instruments()).registry.metrics(),
  };
}

interface Instruments {
  registry: Registry;
  attempts: Histogram;
  refusals: Counter;
  serverErrors: Counter;
  alerts: Counter;
  webhookRefusals: Counter;
  jobRuns: Counter;
  oddItems: Counter;
  droppedAnnouncements: Counter;
}

/** A call that was refused before it was sent is no request and has no duration. */
function observe({ attempts, refusals }: Instruments, attempt: OutboundAttempt): void {
  const { provider, operation, refusedBy } = attempt;
  if (refusedBy) refusals.inc({ provider, operation, refused_by: refusedBy });
  else attempts.observe(labelsOf(attempt), attempt.durationMs / 1000);
}

/** OpenTelemetry's attributes, with underscores; `error_type` is Drop's code, or the status of a failure. */
function labelsOf(attempt: OutboundAttempt): Record<string, string> {
  const { provider, operation, method, origin, status, errorCode } = attempt;
  const { hostname, port, protocol } = new URL(origin);
  const isFailure = status !== undefined && status >= 400;
  return {
    provider,
    operation,
    http_request_method: method,
    server_address: hostname,
    server_port: port || (protocol === 'https:' ? '443' : '80'),
    http_response_status_code: status?.toString() ?? '',
    error_type: errorCode ?? (isFailure ? `${status}` : ''),
  };
}

async function createInstruments(sources: MetricSources): Promise<Instruments> {
  const prometheus = await import('prom-client');
  const registry = new prometheus.Registry();
  const registers = [registry];
  addGauges(prometheus, registry, sources);
  return {
    registry,
    attempts: new prometheus.Histogram({
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
      registers,
    }),
    refusals: new prometheus.Counter({
      name: 'drop_outbound_refusals_total',
      help: 'Calls that breaker, limit or deadline kept from going out',
      labelNames: ['provider', 'operation', 'refused_by'],
      registers,
    }),
    webhookRefusals: new prometheus.Counter({
      name: 'drop_webhook_refusals_total',
      help: 'Webhooks that were not acknowledged, by the code of the reason',
      labelNames: ['provider', 'reason'],
      registers,
    }),
    jobRuns: new prometheus.Counter({
      name: 'drop_job_runs_total',
      help: 'Runs of jobs in this process, by how they ended',
      labelNames: ['job', 'outcome'],
      registers,
    }),
    oddItems: new prometheus.Counter({
      name: 'drop_provider_odd_items_total',
      help: "Parts of providers' answers that could not be read and were left out",
      labelNames: ['provider', 'operation'],
      registers,
    }),
    droppedAnnouncements: new prometheus.Counter({
      name: 'drop_announcements_dropped_total',
      help: 'Notifications of the database that could not be read or handled, by channel and reason',
      labelNames: ['channel', 'reason'],
      registers,
    }),
    alerts: new prometheus.Counter({
      name: 'drop_alerts_total',
      help: 'Alerts that this process delivered to slack, mail or log, and attempts at Slack that failed',
      labelNames: ['result'],
      registers,
    }),
    serverErrors: new prometheus.Counter({
      name: 'drop_server_errors_total',
      help: 'Answers of status 500 and above',
      registers,
    }),
  };
}
