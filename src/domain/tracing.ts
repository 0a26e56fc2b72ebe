/** Contexts of traces travel as W3C `traceparent` values, which are random numbers and say nothing of anybody. */
export type Traceparent = string;

export interface SpanOptions {
  /** Of few values: an operation or a route, never an id. */
  name: string;
  kind: 'server' | 'consumer' | 'internal';
  /** What it is part of, where that is not what is being done now. */
  parent?: Traceparent | undefined;
  /** What else it has to do with. */
  link?: Traceparent | undefined;
  attributes?: Record<string, string | number>;
}

/** A piece of work while it is done. Its attributes are codes, routes and names of operations: no ids, no secrets. */
export interface Span {
  rename(name: string): void;
  set(attributes: Record<string, string | number>): void;
  /** `errorType` is a code or a class of errors, never a message. */
  fail(errorType: string): void;
}

/** Puts together what belongs together, over requests, calls, webhooks and jobs. */
export interface Tracing {
  readonly isOn: boolean;
  /** Where the work that is being done now stands; undefined where nothing is traced. */
  current(): Traceparent | undefined;
  /** Does `work` as a piece of its own. What it throws is thrown on, and marks the piece as failed. */
  run<Result>(options: SpanOptions, work: (span: Span) => Promise<Result>): Promise<Result>;
}

const noSpan: Span = { rename: () => undefined, set: () => undefined, fail: () => undefined };

/** Where nobody collects traces. */
export const untraced: Tracing = {
  isOn: false,
  current: () => undefined,
  run: async (_options, work) => work(noSpan),
};
