import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { OutboundAttempt } from '#outbound/outbound.ts';

/** Buckets of OpenTelemetry's stable HTTP metrics, in seconds. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

export interface Metrics {
  observeAttempt(attempt: OutboundAttempt): void;
  countServerError(): void;
  text(): Promise<string>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const attempts = new Histogram({
    name: 'http_client_request_duration_seconds',
    help: 'Attempts of outbound calls, by what came of them',
    labelNames: ['provider', 'operation', 'outcome'],
    buckets: durationBuckets,
    registers: [registry],
  });
  const serverErrors = new Counter({
    name: 'drop_server_errors_total',
    help: 'Answers of status 500 and above',
    registers: [registry],
  });
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  return {
    observeAttempt({ provider, operation, status, errorCode, durationMs }) {
      attempts.observe({ provider, operation, outcome: errorCode ?? `${status}` }, durationMs / 1000);
    },
    countServerError: () => serverErrors.inc(),
    text: () => registry.metrics(),
  };
}
