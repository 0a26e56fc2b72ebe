import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import { addressUnder } from '#domain/address.ts';
import { createTraces, type Traces } from './traces.ts';

export interface ExportOptions {
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
export function createExportedTraces({ endpoint, headers, serviceName, version }: ExportOptions): Traces {
  const url = addressUnder(endpoint, '/v1/traces');
  const exporter = new OTLPTraceExporter({ url, headers, timeoutMillis: exportTimeoutMs });
  const processor = new BatchSpanProcessor({
    exporter,
    maxQueueSize: spansWaitingMax,
    exportTimeoutMillis: exportTimeoutMs,
  });
  return createTraces({ serviceName, version, processor });
}
