import type { CallError } from './call-error.ts';
import type { Refuser } from './attempt.ts';
import { inheritedIds, type WorkIds } from './inherited-ids.ts';
import type { Judgement } from './judge.ts';
import type { OutboundCall, OutboundOptions, RawResponse } from './outbound.ts';
import type { CallSpan } from './tracing.ts';

/** The result of an attempt. */
export interface Ending {
  response?: RawResponse;
  judgement?: Judgement;
  error?: CallError;
  refusedBy?: Refuser | undefined;
}

interface Begun {
  call: OutboundCall;
  origin: string;
  attempt: number;
}

/** Observes one attempt for metrics, records and traces. Not created when none of them is on. */
export class Observation {
  readonly span: CallSpan | undefined;
  readonly #begun: Begun;
  readonly #options: OutboundOptions;
  readonly #startedAt: Date;
  readonly #startedMs: number;
  readonly #ids: Readonly<WorkIds>;

  private constructor(begun: Begun, options: OutboundOptions) {
    const { call, ...rest } = begun;
    const { operation, method } = call;
    this.#begun = begun;
    this.#options = options;
    this.#startedAt = options.clock.now();
    this.#startedMs = options.clock.monotonicMs();
    this.#ids = inheritedIds();
    this.span = options.tracing?.start({ provider: options.provider, operation, method, ...rest });
  }

  static begin(begun: Begun, options: OutboundOptions): Observation | undefined {
    return options.onAttempt || options.tracing ? new Observation(begun, options) : undefined;
  }

  end({ response, judgement, error, refusedBy }: Ending): void {
    const status = response?.status;
    const errorCode = error?.code;
    this.span?.end({ status, errorCode });
    const { call, origin, attempt } = this.#begun;
    this.#options.onAttempt?.({
      provider: this.#options.provider,
      operation: call.operation,
      scope: call.scope,
      attempt,
      method: call.method,
      origin,
      startedAt: this.#startedAt,
      durationMs: this.#options.clock.monotonicMs() - this.#startedMs,
      status,
      errorCode,
      judgement,
      refusedBy,
      requestBody: call.body,
      response,
      traceparent: this.span?.traceparent,
      ids: this.#ids,
    });
  }
}
