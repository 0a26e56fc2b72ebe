/** One attempt of a call to a provider, as stored for operators: without paths, headers and secrets. */
export interface RecordedCall {
  provider: string;
  operation: string;
  /** Counted from one. */
  attempt: number;
  method: string;
  origin: string;
  /** Null when there was no answer. */
  status: number | null;
  errorCode: string | null;
  /** The part that failed by the answer, whatever its status: the provider, its bank, or this request alone. */
  failure: 'provider' | 'scope' | 'request' | null;
  providerCode: string | null;
  providerRequestId: string | null;
  durationMs: number;
  /**
   * The fields of the body that the provider's `recorded.ts` names; null when it names none, or when no body was read.
   */
  request: unknown;
  response: unknown;
  traceparent: string | null;
  /** Drop's ids of the HTTP request, the customer and the payment that the call was made for. */
  requestId: string | null;
  userId: string | null;
  paymentId: string | null;
  /** The bank that was called, by the provider's id of it; null where the call is about no bank. */
  bankId: string | null;
  /** ISO 8601. */
  startedAt: string;
}
