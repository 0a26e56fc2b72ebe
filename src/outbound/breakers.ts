import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { Breaker, failuresBeforeOpening, openMs, type BreakerState, type Verdict } from './breaker.ts';

/**
 * Whose failure something was: the provider's, which then is down whoever asks; that of the part of it that the call
 * named as its scope; or that of this `request`, of which nobody knows whether the provider, the part or what was asked
 * for is to blame. All but the provider's may be the trouble of one customer.
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

/** Who asks: for which part of the provider, and for which customer. */
export interface Asker {
  scope: string | undefined;
  customer: string | undefined;
}

/** Lets one call through, and must be told what became of it. */
export interface Admission {
  /** `failure` is undefined when the provider answered; `nothing` when it was not asked or the caller cut it short. */
  settle(failure: Failure | 'nothing' | undefined): void;
}

const nobody: readonly string[] = [];

/** Scopes are named by calls; the one that was longest unused is forgotten first. */
const scopesMax = 256;

/**
 * A provider's breaker, and one for each part of it that calls name: behind one provider there are many banks, and one
 * that is down is no reason not to ask for the others. What may be one customer's trouble counts once for the customer,
 * and towards the whole provider once for the part as well: one customer opens no breaker, and one bank no provider's.
 */
export class Breakers {
  readonly #provider: string;
  readonly #clock: Clock;
  readonly #onChange: (change: BreakerChange) => void;
  readonly #whole: Breaker;
  readonly #scopes = new Map<string, Breaker>();

  constructor(provider: string, clock: Clock, onChange: (change: BreakerChange) => void) {
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

  /** @throws {DropError} `provider_unavailable`, not sent, with the time after which to ask again. */
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

  /** What another process found out. */
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
    return new Breaker(this.#clock, (state) => this.#onChange({ provider, scope, state, openMs }));
  }

  #notAsked(retryAfterMs: number, scope: string | undefined): DropError {
    const who = scope === undefined ? this.#provider : `${scope} at ${this.#provider}`;
    return new DropError('provider_unavailable', {
      message: `${who} failed ${failuresBeforeOpening} times in a row; not asked again yet`,
      outcome: 'not_sent',
      provider: this.#provider,
      retryAfterMs,
    });
  }
}

/** A part that fails shows that the provider answers. */
function verdictOfWhole(failure: Failure | 'nothing' | undefined): Verdict {
  if (failure === 'nothing') return 'neither';
  return failure === 'provider' || failure === 'request' ? 'failure' : 'success';
}

/** When the provider itself fails nobody knows how its part is. */
function verdictOfPart(failure: Failure | 'nothing' | undefined): Verdict {
  if (failure === 'nothing' || failure === 'provider') return 'neither';
  return failure === undefined ? 'success' : 'failure';
}
