/** Creates a span for every attempt. Absent when tracing is off, so that it costs nothing. */
export interface CallTracing {
  start(call: {
    provider: string;
    operation: string;
    method: string;
    origin: string;
    attempt: number;
  }): CallSpan;
}

export interface CallSpan {
  /** The header value sent to the provider (W3C Trace Context); undefined when the provider must not receive it. */
  readonly traceparent: string | undefined;
  end(result: { status: number | undefined; errorCode: string | undefined }): void;
}
