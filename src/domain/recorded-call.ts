/** One attempt of a call to a provider, as it is kept for the operator: without addresses, headers and secrets. */
export interface RecordedCall {
  provider: string;
  operation: string;
  /** Counted from one. */
  attempt: number;
  method: string;
  origin: string;
  /** Null where there was no answer. */
  status: number | null;
  errorCode: string | null;
  providerCode: string | null;
  providerRequestId: string | null;
  durationMs: number;
  /** The fields of the body that the provider's `recorded.ts` names; null where it names none, or nothing was read. */
  request: unknown;
  response: unknown;
  traceparent: string | null;
  /** ISO 8601. */
  startedAt: string;
}
