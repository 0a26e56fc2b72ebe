import { describe, expect, test } from 'vitest';
import { loadConfig } from './config.ts';
import { readOtlpHeaders } from './otlp-headers.ts';

describe('the headers for the collector', () => {
  test.each([
    ['authorization=Bearer%20token', { authorization: 'Bearer token' }],
    ['api-key=a=b, x-tenant = drop', { 'api-key': 'a=b', 'x-tenant': 'drop' }],
    ['x-empty=', { 'x-empty': '' }],
  ])('%s are read', (text, headers) => {
    expect(readOtlpHeaders(text)).toEqual(headers);
  });

  test.each([
    ['that end in half a percent sign', 'authorization=Bearer%2'],
    ['without a value', 'canary'],
    ['without a name', '=canary'],
    ['with a comma too many', 'a=canary,'],
    ['with a name that no header has', 'a b=canary'],
    ['with a line break', 'a=canary%0d%0ab: c'],
  ])('%s are a fault of the configuration, told with the others and not shown', (_case, text) => {
    const started = (): unknown =>
      loadConfig({
        NEXT_PUBLIC_SERVICE_MODE: 'mock',
        DROP_ENVIRONMENT: 'sandbox',
        OTEL_EXPORTER_OTLP_HEADERS: text,
        PORT: 'many',
      });
    expect(started).toThrow('OTEL_EXPORTER_OTLP_HEADERS must be name=value');
    expect(started).toThrow('at fault (2)');
    expect(started).not.toThrow(/canary|Bearer/);
  });
});
