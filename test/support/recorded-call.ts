import type { RecordedCall } from '#domain/recorded-call.ts';

/** A call that was answered, but for what `more` says. */
export function recordedCall(more: Partial<RecordedCall> = {}): RecordedCall {
  return {
    provider: 'sumsub',
    operation: 'sumsub.applicant_status',
    attempt: 1,
    method: 'GET',
    origin: 'https://api.sumsub.com',
    status: 200,
    errorCode: null,
    failure: null,
    providerCode: null,
    providerRequestId: 'r-1',
    durationMs: 12.5,
    request: null,
    response: { reviewStatus: 'completed' },
    traceparent: null,
    requestId: null,
    userId: null,
    paymentId: null,
    bankId: null,
    startedAt: '2026-02-23T14:30:00.000Z',
    ...more,
  };
}
