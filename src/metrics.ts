import type { Counter, Histogram, Registry } from 'prom-client';
import type { OutboundAttempt } from '#outbound/outbound.ts';

/** Buckets of OpenTelemetry's stable HTTP metrics, in seconds. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

export interface Metrics {
  observeAttempt(attempt: OutboundAttempt): void;
  countServerError(): void;
  text(): Promise<string>;
}

/** The library is loaded with the first thing that is measured, so that Drop serves before it. */
export function createMetrics(): Metrics {
  let loading: Promise<Instruments> | undefined;
  const instruments = (): Promise<Instruments> => (loading ??= createInstruments());
  const later = (act: (loaded: Instruments) => void): void => {
    void instruments().then(act);
  };
  return {
    observeAttempt: ({ provider, operation, status, errorCode, durationMs }) =>
      later(({ attempts }) => {
        attempts.observe({ provider, operation, outcome: errorCode ?? `${status}` }, durationMs / 1000);
      }),
    countServerError: () => later(({ serverErrors }) => serverErrors.inc()),
    text: async () => (await instruments()).registry.metrics(),
  };
}

interface Instruments {
  registry: Registry;
  attempts: Histogram;
  serverErrors: Counter;
}

async function createInstruments(): Promise<Instruments> {
  const prometheus = await import('prom-client');
  const registry = new prometheus.Registry();
  const registers = [registry];
  new prometheus.Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  return {
    registry,
    attempts: new prometheus.Histogram({
      name: 'http_client_request_duration_seconds',
      help: 'Attempts of outbound calls, by what came of them',
      labelNames: ['provider', 'operation', 'outcome'],
      buckets: durationBuckets,
      registers,
    }),
    serverErrors: new prometheus.Counter({
      name: 'drop_server_errors_total',
      help: 'Answers of status 500 and above',
      registers,
    }),
  };
}
