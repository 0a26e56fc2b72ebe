import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { onTestFinished } from 'vitest';
import { createTraces, type Traces } from '#telemetry/traces.ts';

/** Traces kept in memory; `spans` returns the ended spans in order, and `named` the last one with a name. */
export function startTraces(): {
  traces: Traces;
  spans: () => ReadableSpan[];
  named: (name: string) => ReadableSpan;
} {
  const exporter = new InMemorySpanExporter();
  const processor = new SimpleSpanProcessor({ exporter });
  const traces = createTraces({ serviceName: 'test', version: '0', processor });
  onTestFinished(() => traces.close());
  const spans = (): ReadableSpan[] => exporter.getFinishedSpans();
  return {
    traces,
    spans,
    named(name) {
      const found = spans().findLast((span) => span.name === name);
      if (found) return found;
      throw new Error(
        `no span ${name} among ${spans()
          .map((span) => span.name)
          .join(', ')}`,
      );
    },
  };
}

export const traceOf = (span: ReadableSpan): string => span.spanContext().traceId;
export const parentOf = (span: ReadableSpan): string | undefined => span.parentSpanContext?.spanId;
export const idOf = (span: ReadableSpan): string => span.spanContext().spanId;
