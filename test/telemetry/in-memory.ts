import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { onTestFinished } from 'vitest';
import { createTraces, type Traces } from '#telemetry/traces.ts';

/** Traces that stay in the process; `spans` gives those that have ended, in that order, `named` the last of a name. */
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
