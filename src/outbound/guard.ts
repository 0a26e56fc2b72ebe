import type { Clock } from './clock.ts';
import type { Refuser } from './attempt.ts';
import type { BreakerState } from './breaker.ts';
import { Breakers, type Admission, type BreakerChange } from './breakers.ts';
import { isCallError, type CallError } from './call-error.ts';
import { Deadline, DeadlineError } from './deadline.ts';
import { exchange } from './exchange.ts';
import { inheritedCustomer } from './inherited-customer.ts';
import { inheritedEndMs } from './inherited-deadline.ts';
import { judgeByStatus, judgeMissingAnswer } from './judge.ts';
import { Limiter, limitsDefault } from './limiter.ts';
import { Observation } from './observation.ts';
import type {
  GuardedOutbound,
  OutboundCall,
  OutboundOptions,
  OutboundSnapshot,
  RawResponse,
} from './outbound.ts';
import { Answer, type Received } from './raw-response.ts';
import { RetryBudget } from './retry-budget.ts';
import { delayBeforeRepeatMs, mayHaveActed, withUnknownOutcome, type Result } from './retry.ts';
import { Targets, type Target } from './target.ts';
import type { CallSpan } from './tracing.ts';
import { transportError, type CallContext } from './transport-error.ts';

export const attemptsMax = 3;
const timeoutMsDefault = 10_000;
const responseBytesMaxDefault = 1_048_576;

/** A call in progress: the part that is the same for all its attempts. */
interface Journey {
  call: OutboundCall;
  target: Target;
  deadline: Deadline;
  customer: string | undefined;
}

/** Guards a call in this order, from the outside in: deadline, budgeted repetition, breaker, limiter, exchange. */
export class Guard implements GuardedOutbound {
  readonly provider: string;
  readonly #options: OutboundOptions;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #targets: Targets;
  readonly #breakers: Breakers;
  readonly #limiter: Limiter;
  readonly #budget: RetryBudget;
  readonly #toError: (error: CallError) => Error;
  readonly #standingHeaders: Record<string, string>;

  constructor(options: OutboundOptions) {
    const { provider, clock, random } = options;
    this.provider = provider;
    this.#options = options;
    this.#clock = clock;
    this.#random = random;
    this.#targets = new Targets(provider, options.origins);
    const onBreaker = (change: BreakerChange): void => options.onBreaker?.(change);
    this.#breakers = new Breakers(provider, clock, onBreaker, options.failuresBeforeOpening);
    this.#limiter = new Limiter(provider, { ...limitsDefault, ...options.limits });
    this.#budget = new RetryBudget(clock);
    this.#toError = options.toError ?? ((error) => error);
    this.#standingHeaders = { ...standingHeaders, 'user-agent': options.userAgent ?? userAgentDefault };
  }

  get breakerState(): BreakerState {
    return this.#breakers.state;
  }

  snapshot(): OutboundSnapshot {
    return {
      provider: this.provider,
      breaker: this.#breakers.state,
      scopes: this.#breakers.openScopes(),
      active: this.#limiter.active,
      waiting: this.#limiter.waiting,
      fullScopes: this.#limiter.fullScopes,
      retryTokens: this.#budget.tokens,
    };
  }

  learn(change: Pick<BreakerChange, 'scope' | 'state' | 'openMs'>): void {
    this.#breakers.learn(change);
  }

  async send(call: OutboundCall): Promise<RawResponse> {
    const target = this.#targetOf(call);
    const { endMs, customer } = causeOf(call);
    const deadline = new Deadline(call.timeoutMs ?? timeoutMsDefault, this.#clock, endMs);
    const journey = { call, target, deadline, customer };
    let isUncertain = false;
    for (let number = 1; ; number += 1) {
      const result = await this.#attempt(journey, number);
      const delayMs = this.#delayBeforeRepeatMs(journey, result, number);
      if (delayMs !== undefined) await deadline.pause(delayMs);
      if (delayMs === undefined || deadline.isOver) {
        deadline.end();
        return this.#answerOf(result, isUncertain);
      }
      isUncertain ||= mayHaveActed(result);
    }
  }

  /** An address that may not be called is refused with the error that callers get. */
  #targetOf(call: OutboundCall): Target {
    try {
      return this.#targets.of(call);
    } catch (error) {
      throw isCallError(error) ? this.#toError(error) : error;
    }
  }

  /** The result for the caller. `isUncertain`: the provider may have acted on an attempt before the last one. */
  #answerOf(result: Result, isUncertain: boolean): RawResponse {
    if ('response' in result) return result.response;
    throw this.#toError(isUncertain ? withUnknownOutcome(result.error) : result.error);
  }

  /** Undefined when the result is final. The budget is charged last, once everything else allows the repetition. */
  #delayBeforeRepeatMs({ call, deadline }: Journey, result: Result, number: number): number | undefined {
    if ('response' in result && result.response.status < 400) return undefined;
    const moment = { attempt: number, now: this.#clock.now(), random: this.#random };
    const delayMs = delayBeforeRepeatMs(call, result, moment);
    if (delayMs === undefined || number >= attemptsMax || !deadline.allows(delayMs)) return undefined;
    return this.#budget.spend() ? delayMs : undefined;
  }

  /** Never rejects. */
  async #attempt(journey: Journey, number: number): Promise<Result> {
    const { call, target, deadline, customer } = journey;
    const { origin } = target;
    const observation = Observation.begin({ call, origin, attempt: number }, this.#options);
    let refusedBy: Refuser | undefined = 'breaker';
    let isShort = false;
    let admission: Admission | undefined;
    try {
      deadline.assertLeft();
      admission = this.#breakers.admit({ scope: call.scope, customer });
      refusedBy = 'limiter';
      const turn = this.#limiter.enter(deadline, call.scope, customer);
      if (turn) await turn;
      refusedBy = undefined;
      isShort = deadline.isShort;
      if (number === 1) this.#budget.earn();
      const received = await this.#exchange(journey, observation?.span);
      const response = new Answer(received, this.#contextOf(call), this.#toError);
      const judgement = call.judge?.(response) ?? judgeByStatus(response);
      admission.settle(judgement.failure);
      observation?.end({ response, judgement });
      return { response };
    } catch (cause) {
      const error = transportError(cause, this.#contextOf(call));
      const missing = judgeMissingAnswer(error, isShort && deadline.isOver);
      const failure = missing === 'provider' && call.scopeHasOwnHost ? 'scope' : missing;
      admission?.settle(refusedBy ? 'nothing' : failure);
      const isLate = cause instanceof DeadlineError;
      observation?.end({ error, refusedBy: isLate ? 'deadline' : refusedBy });
      return { error };
    } finally {
      if (refusedBy === undefined) this.#limiter.leave(call.scope, customer);
    }
  }

  #contextOf({ operation, scope }: OutboundCall): CallContext {
    return { provider: this.provider, operation, ...(scope !== undefined && { scope }) };
  }

  #exchange({ call, target, deadline }: Journey, span: CallSpan | undefined): Promise<Received> {
    const traced = span?.traceparent === undefined ? {} : { traceparent: span.traceparent };
    const headers = { ...this.#standingHeaders, ...call.headers, ...traced };
    const request = {
      origin: target.origin,
      path: target.path,
      method: call.method,
      headers,
      body: call.body ?? null,
    };
    const bytesMax = call.responseBytesMax ?? responseBytesMaxDefault;
    return exchange(request, { dispatcher: this.#options.dispatcher, deadline, bytesMax });
  }
}

const standingHeaders = { accept: 'application/json', 'accept-encoding': 'identity' };
const userAgentDefault = 'guarded-call';

/**
 * The deadline and the customer that a call inherits from the work that causes it. A call that outlives that work
 * inherits only the customer.
 */
function causeOf(call: OutboundCall): { endMs: number | undefined; customer: string | undefined } {
  const endMs = call.outlivesItsCause === true ? undefined : inheritedEndMs();
  return { endMs, customer: inheritedCustomer() };
}
