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

/** Traces; the names are those of OpenTelemetry. */
export const telemetryVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    {
      description: 'collector of traces, OTLP over HTTP; without it nothing is traced',
      example: 'http://localhost:4318',
    },
    baseAddress.optional(),
  ),
  OTEL_EXPORTER_OTLP_HEADERS: variable(
    {
      description: 'headers for the collector: name=value separated by commas, values percent-encoded',
      secret: true,
    },
    otlpHeaders.optional(),
  ),
  OTEL_SERVICE_NAME: variable({ description: 'name of this service in the traces' }, text.default('drop')),
};
