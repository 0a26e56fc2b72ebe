/** A W3C `traceparent` value. It consists of random numbers and contains no personal data. */
export type Traceparent = string;

export interface SpanOptions {
  /** An operation or a route, never an id: the number of different names must stay small. */
  name: string;
  kind: 'server' | 'consumer' | 'internal';
  /** The parent span, if it is not the current one. */
  parent?: Traceparent | undefined;
  /** A related span that is not the parent. */
  link?: Traceparent | undefined;
  attributes?: Record<string, string | number>;
}

/** A unit of work in progress. Its attributes are codes, routes and operation names: no ids, no secrets. */
export interface Span {
  rename(name: string): void;
  set(attributes: Record<string, string | number>): void;
  /** `errorType` is an error code or an error class, never a message. */
  fail(errorType: string): void;
}

/** Connects the requests, calls, webhooks and jobs that belong together. */
export interface Tracing {
  readonly isOn: boolean;
  /** The trace context of the current work; undefined when tracing is off. */
  current(): Traceparent | undefined;
  /** Runs `work` in a new span. An error marks the span as failed and is rethrown. */
  run<Result>(options: SpanOptions, work: (span: Span) => Promise<Result>): Promise<Result>;
}

const noSpan: Span = { rename: () => undefined, set: () => undefined, fail: () => undefined };

/** Used when no trace collector is configured. */
export const untraced: Tracing = {
  isOn: false,
  current: () => undefined,
  run: async (_options, work) => work(noSpan),
};
