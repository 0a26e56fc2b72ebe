import type { Clock } from './clock.ts';
import { CallError } from './call-error.ts';
import { Breaker, failuresBeforeOpening, openMs, type BreakerState, type Verdict } from './breaker.ts';

/**
 * The failed party: the `provider`, which is then down for every caller; its part that the call named as its `scope`;
 * or this `request`, where it is not known whether the provider, the part or the request itself is to blame. A failure
 * of a scope or a request may concern one customer only.
 */
export type Failure = 'provider' | 'scope' | 'request';

export interface BreakerChange {
  provider: string;
  /** The part of the provider; undefined for all of it. */
  scope: string | undefined;
  state: BreakerState;
  /** How long it stays open. */
  openMs: number;
}

/** The part of the provider that a call asks for, and the customer on whose behalf it asks. */
export interface Asker {
  scope: string | undefined;
  customer: string | undefined;
}

/** The admission of one call; its result must be reported through `settle`. */
export interface Admission {
  /**
   * `failure` is undefined when the provider answered; `nothing` when it was not asked or the caller cut the call
   * short.
   */
  settle(failure: Failure | 'nothing' | undefined): void;
}

const nobody: readonly string[] = [];

/** Calls name the scopes; the least recently used one is forgotten first. */
const scopesMax = 256;

/**
 * A provider's breaker, and one for each part of it that calls name: there are many banks behind one provider, and the
 * others can still be asked when one is down. A failure that may concern one customer only counts once per customer,
 * and, for the provider's breaker, also once per part. So one customer opens no breaker, and one bank does not open the
 * provider's.
 */
export class Breakers {
  readonly #provider: string;
  readonly #clock: Clock;
  readonly #onChange: (change: BreakerChange) => void;
  readonly #failuresMax: number;
  readonly #whole: Breaker;
  readonly #scopes = new Map<string, Breaker>();

  constructor(
    provider: string,
    clock: Clock,
    onChange: (change: BreakerChange) => void,
    failuresMax = failuresBeforeOpening,
  ) {
    this.#failuresMax = failuresMax;
    this.#provider = provider;
    this.#clock = clock;
    this.#onChange = onChange;
    this.#whole = this.#create(undefined);
  }

  get state(): BreakerState {
    return this.#whole.state;
  }

  /** The scopes whose breakers are not closed. */
  openScopes(): Record<string, BreakerState> {
    const open = [...this.#scopes].filter(([, { state }]) => state !== 'closed');
    return Object.fromEntries(open.map(([scope, { state }]) => [scope, state]));
  }

  /** @throws {CallError} `provider_unavailable` with the outcome `not_sent` and the time after which to ask again. */
  admit({ scope, customer }: Asker): Admission {
    const whole = this.#whole;
    const part = scope === undefined ? undefined : this.#of(scope);
    const ofPart = customer === undefined ? nobody : [customer];
    const ofWhole = scope === undefined ? ofPart : [scope, ...ofPart];
    const wholeMs = whole.waitMs(ofWhole);
    const waitMs = Math.max(wholeMs, part?.waitMs(ofPart) ?? 0);
    if (waitMs > 0) throw this.#notAsked(waitMs, wholeMs > 0 ? undefined : scope);
    const ticket = whole.enter();
    const partTicket = part?.enter();
    return {
      settle(failure) {
        whole.leave(ticket, verdictOfWhole(failure), failure === 'provider' ? nobody : ofWhole);
        if (part && partTicket) part.leave(partTicket, verdictOfPart(failure), ofPart);
      },
    };
  }

  /** Applies a change that another process reported. */
  learn({ scope, state, openMs: durationMs }: Pick<BreakerChange, 'scope' | 'state' | 'openMs'>): void {
    const breaker = scope === undefined ? this.#whole : this.#of(scope);
    if (state === 'open') breaker.openFor(durationMs);
    if (state === 'closed') breaker.close();
  }

  #of(scope: string): Breaker {
    const breaker = this.#scopes.get(scope) ?? this.#create(scope);
    this.#scopes.delete(scope);
    this.#scopes.set(scope, breaker);
    const [oldest] = this.#scopes.keys();
    if (this.#scopes.size > scopesMax && oldest !== undefined) this.#scopes.delete(oldest);
    return breaker;
  }

  #create(scope: string | undefined): Breaker {
    const provider = this.#provider;
    const onChange = (state: BreakerState): void => this.#onChange({ provider, scope, state, openMs });
    return new Breaker(this.#clock, onChange, this.#failuresMax);
  }

  #notAsked(retryAfterMs: number, scope: string | undefined): CallError {
    const who = scope === undefined ? this.#provider : `${scope} at ${this.#provider}`;
    return new CallError('provider_unavailable', {
      message: `${who} failed ${this.#failuresMax} times in a row; not asked again yet`,
      outcome: 'not_sent',
      provider: this.#provider,
      ...(scope !== undefined && { scope }),
      retryAfterMs,
    });
  }
}

/** A failure of a part shows that the provider itself answers. */
function verdictOfWhole(failure: Failure | 'nothing' | undefined): Verdict {
  if (failure === 'nothing') return 'neither';
  return failure === 'provider' || failure === 'request' ? 'failure' : 'success';
}

/** A failure of the provider itself says nothing about the part. */
function verdictOfPart(failure: Failure | 'nothing' | undefined): Verdict {
  if (failure === 'nothing' || failure === 'provider') return 'neither';
  return failure === undefined ? 'success' : 'failure';
}
