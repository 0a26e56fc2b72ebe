import { z } from 'zod';
import { Secret } from '#domain/secret.ts';
import { readOtlpHeaders } from '../otlp-headers.ts';
import { baseAddress, text } from './shapes.ts';
import { variablesOf } from './variable.ts';

const variable = variablesOf('Telemetry');

const otlpHeaders = text
  .refine(
    (value) => readOtlpHeaders(value) !== undefined,
    'must be name=value with commas between them, values percent-encoded',
  )
  .transform((value) => new Secret(value));

/** Traces and the export of metrics; the names are those of OpenTelemetry. */
export const telemetryVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    {
      description: 'collector of traces and metrics, OTLP over HTTP; without it nothing is traced',
      example: 'http://localhost:4318',
    },
    baseAddress.optional(),
  ),
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: variable(
    {
      description:
        'collector of metrics alone: the whole address; default OTEL_EXPORTER_OTLP_ENDPOINT with /v1/metrics',
    },
    baseAddress.optional(),
  ),
  OTEL_METRICS_EXPORTER: variable(
    { description: 'none where the collector takes traces only' },
    z.enum(['otlp', 'none']).default('otlp'),
  ),
  OTEL_EXPORTER_OTLP_HEADERS: variable(
    {
      description: 'headers for the collector: name=value separated by commas, values percent-encoded',
      secret: true,
    },
    otlpHeaders.optional(),
  ),
  OTEL_SERVICE_NAME: variable(
    { description: 'name of this service in traces and exported metrics' },
    text.default('drop'),
  ),
};
