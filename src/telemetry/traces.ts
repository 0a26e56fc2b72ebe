import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Link,
  type Span as ApiSpan,
  type SpanContext,
  type Tracer,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { TracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace';
import { isDropError } from '#domain/errors.ts';
import type { Span, SpanOptions, Tracing } from '#domain/tracing.ts';
import type { CallSpan, CallTracing } from '#outbound/tracing.ts';
import { readTraceparent, writeTraceparent } from './traceparent.ts';

/** OpenTelemetry traces without its globals: only code that receives this object can create spans. */
export interface Traces extends Tracing {
  calls: CallTracing;
  close(): Promise<void>;
}

const kinds = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL };

export function createTraces(options: {
  serviceName: string;
  version: string;
  processor: SpanProcessor;
}): Traces {
  const { serviceName, version, processor } = options;
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer('drop', version);
  const contexts = new AsyncLocalStorageContextManager().enable();
  const current = (): string | undefined => traceparentOf(trace.getSpan(contexts.active()));

  return {
    isOn: true,
    current,
    async run(given, work) {
      const parent = given.parent === undefined ? contexts.active() : contextOf(given.parent);
      const { name, kind, attributes = {} } = given;
      const details = { kind: kinds[kind], attributes, links: linksOf(given) };
      const span = tracer.startSpan(name, details, parent);
      return contexts.with(trace.setSpan(parent, span), () => finish(span, work));
    },
    calls: { start: (call) => startCall(tracer, contexts.active(), call) },
    close: () => provider.shutdown(),
  };
}

async function finish<Result>(span: ApiSpan, work: (span: Span) => Promise<Result>): Promise<Result> {
  try {
    return await work(asSpan(span));
  } catch (error) {
    fail(span, isDropError(error) ? error.code : 'internal_error');
    throw error;
  } finally {
    span.end();
  }
}

function asSpan(span: ApiSpan): Span {
  return {
    rename: (name) => span.updateName(name),
    set: (attributes) => span.setAttributes(attributes),
    fail: (errorType) => fail(span, errorType),
  };
}

function fail(span: ApiSpan, errorType: string): void {
  span.setAttribute('error.type', errorType).setStatus({ code: SpanStatusCode.ERROR });
}

/** OpenTelemetry's attributes of an HTTP client, without the URL: paths contain ids, and queries contain codes. */
function startCall(
  tracer: Tracer,
  parent: Context,
  { provider, operation, method, origin, attempt }: Parameters<CallTracing['start']>[0],
): CallSpan {
  const { hostname, port, protocol } = new URL(origin);
  const attributes = {
    'http.request.method': method,
    'server.address': hostname,
    'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
    ...(attempt > 1 && { 'http.request.resend_count': attempt - 1 }),
    'drop.provider': provider,
    'drop.operation': operation,
  };
  const span = tracer.startSpan(`${method} ${operation}`, { kind: SpanKind.CLIENT, attributes }, parent);
  return {
    traceparent: traceparentOf(span),
    end({ status, errorCode }) {
      if (status !== undefined) span.setAttribute('http.response.status_code', status);
      if (errorCode !== undefined) fail(span, errorCode);
      else if (status !== undefined && status >= 400) fail(span, `${status}`);
      span.end();
    },
  };
}

function linksOf({ link }: SpanOptions): Link[] {
  const context = link === undefined ? undefined : readTraceparent(link);
  return context ? [{ context }] : [];
}

/** An invalid `traceparent` starts a new trace. */
function contextOf(traceparent: string): Context {
  const context: SpanContext | undefined = readTraceparent(traceparent);
  return context ? trace.setSpanContext(ROOT_CONTEXT, context) : ROOT_CONTEXT;
}

function traceparentOf(span: ApiSpan | undefined): string | undefined {
  return span && writeTraceparent(span.spanContext());
}
