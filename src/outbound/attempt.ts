import type { Judgement } from './judge.ts';
import type { RawResponse } from './outbound.ts';

/** What was asked once and what came of it, for whoever measures or records. */
export interface OutboundAttempt {
  provider: string;
  operation: string;
  /** 1 for the first, more for repetitions. */
  attempt: number;
  method: string;
  /** Where it went: no path and no query, which may hold identifiers and codes. */
  origin: string;
  startedAt: Date;
  durationMs: number;
  status: number | undefined;
  errorCode: string | undefined;
  /** What the answer says where its status does not. */
  judgement: Judgement | undefined;
  /** Who kept it from being sent, if somebody did: then nothing went out. */
  refusedBy: Refuser | undefined;
  /** Bodies as sent and received: whoever keeps them keeps only what may be kept. */
  requestBody: string | Uint8Array | undefined;
  response: RawResponse | undefined;
  traceparent: string | undefined;
}

export type Refuser = 'breaker' | 'limiter' | 'deadline';
