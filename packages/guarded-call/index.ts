// The exports of `@drop/guarded-call`: the guarded call of src/outbound/, and a clock for it.
export { ManualClock, systemClock } from '../../src/domain/clock.ts';
export type { OutboundAttempt, Refuser } from '../../src/outbound/attempt.ts';
export type { BreakerState } from '../../src/outbound/breaker.ts';
export type { BreakerChange, Failure } from '../../src/outbound/breakers.ts';
export { CallError, isCallError } from '../../src/outbound/call-error.ts';
export type { CallErrorCode, CallErrorDetails } from '../../src/outbound/call-error.ts';
export { tlsFaultsOf } from '../../src/outbound/client-tls.ts';
export type { ClientTls, Secret, TlsFault } from '../../src/outbound/client-tls.ts';
export type { Clock, Scheduled } from '../../src/outbound/clock.ts';
export { createDispatcher } from '../../src/outbound/dispatcher.ts';
export { onBehalfOf } from '../../src/outbound/inherited-customer.ts';
export { withDeadline } from '../../src/outbound/inherited-deadline.ts';
export { concerning } from '../../src/outbound/inherited-ids.ts';
export type { WorkIds } from '../../src/outbound/inherited-ids.ts';
export { judgeByStatus, judgeExplained, judgeJson } from '../../src/outbound/judge.ts';
export type { Judgement } from '../../src/outbound/judge.ts';
export type { Limits } from '../../src/outbound/limiter.ts';
export { createGuardedOutbound } from '../../src/outbound/outbound.ts';
export type {
  GuardedOutbound,
  Outbound,
  OutboundCall,
  OutboundOptions,
  OutboundSnapshot,
  RawResponse,
} from '../../src/outbound/outbound.ts';
export { retryAfterMs } from '../../src/outbound/retry.ts';
export type { CallSpan, CallTracing } from '../../src/outbound/tracing.ts';
