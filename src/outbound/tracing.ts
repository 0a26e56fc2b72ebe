/** Makes a span of every attempt. Absent where nothing is traced, so that it then costs nothing. */
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
  /** What the provider is told (W3C Trace Context); undefined where it is not to be told. */
  readonly traceparent: string | undefined;
  end(result: { status: number | undefined; errorCode: string | undefined }): void;
}
