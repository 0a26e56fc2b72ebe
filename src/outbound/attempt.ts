import type { WorkIds } from './inherited-ids.ts';
import type { Judgement } from './judge.ts';
import type { RawResponse } from './outbound.ts';

/** One attempt of a call and its result, for metrics and records. */
export interface OutboundAttempt {
  provider: string;
  operation: string;
  /** The part of the provider that was called, e.g. a bank; undefined for the provider as a whole. */
  scope: string | undefined;
  /** 1 for the first attempt, 2 and up for repetitions. */
  attempt: number;
  method: string;
  /** The destination without path and query, which may contain identifiers and codes. */
  origin: string;
  startedAt: Date;
  durationMs: number;
  status: number | undefined;
  errorCode: string | undefined;
  /** The judgement of the answer, which says more than its status. */
  judgement: Judgement | undefined;
  /** The guard that prevented the attempt from being sent; undefined when it was sent. */
  refusedBy: Refuser | undefined;
  /** The bodies as sent and received. Code that stores them must store only the fields that `RecordedFields` allows. */
  requestBody: string | Uint8Array | undefined;
  response: RawResponse | undefined;
  traceparent: string | undefined;
  /** The ids of the work that caused the call. */
  ids: Readonly<WorkIds>;
}

export type Refuser = 'breaker' | 'limiter' | 'deadline';
