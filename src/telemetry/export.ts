import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import { addressUnder } from '#domain/address.ts';
import type { Clock } from '#domain/clock.ts';
import { shortConnections } from './short-connections.ts';
import { createTraces, type Traces } from './traces.ts';

export interface ExportOptions {
  clock: Clock;
  /** Base address of the collector, as in OTEL_EXPORTER_OTLP_ENDPOINT. */
  endpoint: string;
  headers: Record<string, string>;
  serviceName: string;
  version: string;
}

const spansWaitingMax = 2_048;
const exportTimeoutMs = 5_000;

/**
 * Exports traces to a collector by OTLP over HTTP, in batches. Spans that the collector does not accept are dropped.
 */
export function createExportedTraces(options: ExportOptions): Traces {
  const { clock, endpoint, headers, serviceName, version } = options;
  const url = addressUnder(endpoint, '/v1/traces');
  const httpAgentOptions = shortConnections(clock, exportTimeoutMs);
  const exporter = new OTLPTraceExporter({ url, headers, timeoutMillis: exportTimeoutMs, httpAgentOptions });
  const processor = new BatchSpanProcessor({
    exporter,
    maxQueueSize: spansWaitingMax,
    exportTimeoutMillis: exportTimeoutMs,
  });
  return createTraces({ serviceName, version, processor });
}
