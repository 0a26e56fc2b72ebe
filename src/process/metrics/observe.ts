import type { OutboundAttempt } from '#outbound/attempt.ts';
import type { AnsweredRequest } from '#http/log-requests.ts';
import type { PaymentMove } from '#usecases/context.ts';
import type { Instruments } from './instruments.ts';

/** A call that was refused before it was sent is no request and has no duration. */
export function observeAttempt({ attempts, refusals }: Instruments, attempt: OutboundAttempt): void {
  const { provider, refusedBy } = attempt;
  if (refusedBy) refusals.inc({ provider, refused_by: refusedBy });
  else attempts.observe(labelsOf(attempt), attempt.durationMs / 1000);
}

/** OpenTelemetry's attributes, with underscores; `error_type` is Drop's code, or the status of a failure. */
function labelsOf(attempt: OutboundAttempt): Record<string, string> {
  const { provider, operation, method, origin, status, errorCode } = attempt;
  const { hostname, port, protocol } = new URL(origin);
  const isFailure = status !== undefined && status >= 400;
  return {
    provider,
    operation,
    http_request_method: method,
    server_address: hostname,
    server_port: port || (protocol === 'https:' ? '443' : '80'),
    http_response_status_code: status?.toString() ?? '',
    error_type: errorCode ?? (isFailure ? `${status}` : ''),
  };
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** OpenTelemetry's word for a method that is not known: a caller chooses it, and there must be few series. */
const otherMethod = '_OTHER';
const classes = ['0xx', '1xx', '2xx', '3xx', '4xx', '5xx'];

export function observeRequest({ requests }: Instruments, request: AnsweredRequest): void {
  const { method, route, status, durationMs } = request;
  const labels = {
    http_request_method: methods.has(method) ? method : otherMethod,
    http_route: route,
    status_class: classes[Math.trunc(status / 100)] ?? '5xx',
  };
  requests.observe(labels, durationMs / 1_000);
}

/** A settlement that was told; a payment that its bank contradicts is not told of. */
export function observeMove({ paymentMoves, settlements }: Instruments, move: PaymentMove): void {
  const { from, to, evidence, unknownForMs } = move;
  paymentMoves.inc({ from, to, evidence });
  if (to === 'settled') settlements.observe({ evidence }, Math.max(0, unknownForMs) / 1_000);
}
