import type { Config } from '#configuration/config.ts';
import { readOtlpHeaders } from '#configuration/otlp-headers.ts';
import { version } from '#configuration/version.ts';
import { addressUnder } from '#domain/address.ts';
import type { MetricsExport, MetricsExportOptions } from '#telemetry/export-metrics.ts';
import type { Traces } from '#telemetry/traces.ts';
import type { ObservabilityParts } from './observability.ts';

/** The SDK is loaded only where there is a collector: without one it would cost every start. */
export async function startTraces({
  config,
  clock,
}: Pick<ObservabilityParts, 'config' | 'clock'>): Promise<Traces | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = config;
  if (endpoint === undefined) return undefined;
  const { createExportedTraces } = await import('#telemetry/export.ts');
  return createExportedTraces({ clock, endpoint, ...identityOf(config) });
}

/** The export of metrics, where there is a collector that takes them. */
export async function startMetricsExportOf(
  { config, clock, log }: Pick<ObservabilityParts, 'config' | 'clock' | 'log'>,
  registry: MetricsExportOptions['registry'],
): Promise<MetricsExport | undefined> {
  const url = metricsAddressOf(config);
  if (url === undefined) return undefined;
  const { startMetricsExport } = await import('#telemetry/export-metrics.ts');
  const onFailure = (error: unknown): void => log('warn', 'the metrics were not exported', { error });
  return startMetricsExport({ clock, url, registry, onFailure, ...identityOf(config) });
}

function metricsAddressOf(config: Config): string | undefined {
  if (config.OTEL_METRICS_EXPORTER === 'none') return undefined;
  const { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: own, OTEL_EXPORTER_OTLP_ENDPOINT: shared } = config;
  return own ?? (shared && addressUnder(shared, '/v1/metrics'));
}

function identityOf(config: Config): Pick<MetricsExportOptions, 'headers' | 'serviceName' | 'version'> {
  const given = config.OTEL_EXPORTER_OTLP_HEADERS?.reveal();
  const headers = given === undefined ? {} : (readOtlpHeaders(given) ?? {});
  return { headers, serviceName: config.OTEL_SERVICE_NAME, version };
}
