import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { HrTime } from '@opentelemetry/api';
import type { Registry } from 'prom-client';
import type { Clock, Scheduled } from '#domain/clock.ts';
import { metricDataOf } from './metric-data.ts';
import { shortConnections } from './short-connections.ts';

export interface MetricsExportOptions {
  clock: Clock;
  /** The whole address, as in OTEL_EXPORTER_OTLP_METRICS_ENDPOINT. */
  url: string;
  headers: Record<string, string>;
  serviceName: string;
  version: string;
  /** The registry whose metrics are exported, the one that `/metrics` shows. */
  registry(): Promise<Registry>;
  /** Called at the first of several failures. */
  onFailure(error: unknown): void;
}

export interface MetricsExport {
  /** Exports what was not exported yet, and ends. Takes as long as one export. */
  close(): Promise<void>;
}

/** OpenTelemetry's default of OTEL_METRIC_EXPORT_INTERVAL. */
const everyMs = 60_000;
const exportTimeoutMs = 5_000;

/** Exports the metrics to a collector once a minute, by OTLP over HTTP. What it does not accept is not sent again. */
export function startMetricsExport(options: MetricsExportOptions): MetricsExport {
  const { clock, url, headers, serviceName, version, registry, onFailure } = options;
  const httpAgentOptions = shortConnections(clock, exportTimeoutMs);
  const exporter = new OTLPMetricExporter({ url, headers, timeoutMillis: exportTimeoutMs, httpAgentOptions });
  const resource = resourceFromAttributes({ 'service.name': serviceName, 'service.version': version });
  const startTime = hrTimeOf(clock.now());
  let isFailing = false;
  let isClosed = false;
  let next: Scheduled | undefined;

  async function collect() {
    const metrics = await (await registry()).getMetricsAsJSON();
    const data = metricDataOf(metrics, { startTime, endTime: hrTimeOf(clock.now()) });
    return { resource, scopeMetrics: [{ scope: { name: 'drop', version }, metrics: data }] };
  }

  async function exportOnce(): Promise<void> {
    try {
      const collected = await collect();
      const error = await new Promise<Error | undefined>((resolve) => {
        exporter.export(collected, (result) =>
          resolve(Number(result.code) === 0 ? undefined : failureOf(result)),
        );
      });
      if (error) throw error;
      isFailing = false;
    } catch (error) {
      if (!isFailing) onFailure(error);
      isFailing = true;
    }
  }

  function exportLater(): void {
    if (isClosed) return;
    next = clock.schedule(everyMs, () => void exportOnce().then(exportLater));
  }

  exportLater();
  return {
    async close() {
      isClosed = true;
      next?.cancel();
      await exportOnce();
      await exporter.shutdown();
    },
  };
}

/** The library's error repeats words of the collector, which may hold the headers that it was sent. */
function failureOf({ error }: { error?: Error }): Error {
  const code = error && 'code' in error ? error.code : undefined;
  if (typeof code === 'number') return new Error(`the collector answered ${code}`);
  return error ?? new Error('the collector did not take the metrics');
}

function hrTimeOf(at: Date): HrTime {
  const ms = at.getTime();
  return [Math.trunc(ms / 1_000), (ms % 1_000) * 1_000_000];
}
