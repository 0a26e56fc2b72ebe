import type { RecordedCall } from '#domain/recorded-call.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import type { RecordedFields } from '#outbound/recorded-fields.ts';
import { requestIdPattern } from '#outbound/request-id.ts';
import { parseStrictJson } from '#outbound/strict-json.ts';
import { pickFields } from './pick-fields.ts';

const bodyBytesMax = 65_536;

export function toRecordedCall(attempt: OutboundAttempt, recorded: RecordedFields): RecordedCall {
  const fields = recorded[attempt.operation];
  const { provider, operation, method, origin, durationMs, judgement } = attempt;
  return {
    provider,
    operation,
    method,
    origin,
    durationMs,
    attempt: attempt.attempt,
    status: attempt.status ?? null,
    errorCode: attempt.errorCode ?? null,
    failure: judgement?.failure ?? null,
    providerCode: judgement?.providerCode ?? null,
    providerRequestId: requestIdOf(attempt) ?? null,
    request: requestFields(attempt.requestBody, fields?.request ?? []) ?? null,
    response: responseFields(attempt, fields?.response ?? []) ?? null,
    traceparent: attempt.traceparent ?? null,
    requestId: attempt.ids.requestId ?? null,
    userId: attempt.ids.userId ?? null,
    paymentId: attempt.ids.paymentId ?? null,
    bankId: attempt.scope ?? null,
    startedAt: attempt.startedAt.toISOString(),
  };
}

function requestIdOf({ judgement, response }: OutboundAttempt): string | undefined {
  const id = judgement?.providerRequestId ?? response?.headers.get('x-request-id') ?? '';
  return requestIdPattern.test(id) ? id : undefined;
}

function requestFields(body: OutboundAttempt['requestBody'], paths: readonly string[]): unknown {
  if (paths.length === 0 || typeof body !== 'string' || body.length > bodyBytesMax) return undefined;
  return pickFields(
    parsed(() => (body.startsWith('{') ? parseStrictJson(body) : formOf(body))),
    paths,
  );
}

function responseFields({ response }: OutboundAttempt, paths: readonly string[]): unknown {
  if (paths.length === 0 || !response || response.body.byteLength > bodyBytesMax) return undefined;
  return pickFields(
    parsed(() => response.json()),
    paths,
  );
}

function formOf(body: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body));
}

/** An unreadable body has no fields to record. The caller reports the fault. */
function parsed(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
