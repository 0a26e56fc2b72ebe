import type { Clock } from './clock.ts';

export type BreakerState = 'closed' | 'open' | 'half_open';

export const failuresBeforeOpening = 5;
export const openMs = 30_000;
/** The wait that a caller is told when it is refused during a probe. */
const probeMs = 1_000;

/** The result of a call that a breaker let through. `neither`: it says nothing about the state of the provider. */
export type Verdict = 'success' | 'failure' | 'neither';

type State = { kind: 'closed' } | { kind: 'open'; untilMs: number } | { kind: 'half_open' };

/** The state that let a call through; `enter` hands it out and `leave` takes it back. */
export type Ticket = State;

/** A failure that counted: the parties that may have caused it, and until when none of them probes (ms since 1970). */
interface Counted {
  parties: readonly string[];
  untilMs: number;
}

/**
 * Opens after five failures in a row, unless another number is given, and lets one probe through 30 s later. Other
 * callers are refused during the probe rather than kept waiting. The result of a call that was let through before the
 * last change of state is ignored: a late success does not close a breaker, and a late failure does not keep it open.
 *
 * A failure may concern its parties alone, such as the customer, or the bank that a provider asks, so it counts only if
 * none of its parties has a counted failure yet. A probe that fails for a party with a counted failure says nothing
 * new: the parties of that failure wait for another 30 s, and the next call of any other party is the probe.
 */
export class Breaker {
  readonly #clock: Clock;
  readonly #onChange: (state: BreakerState) => void;
  readonly #failuresMax: number;
  #state: State = { kind: 'closed' };
  /** The failures that counted since the last success; at most as many as open it. */
  #counted: Counted[] = [];

  /** `onChange` is called on every change except those that `openFor` and `close` make. */
  constructor(
    clock: Clock,
    onChange: (state: BreakerState) => void = () => undefined,
    failuresMax = failuresBeforeOpening,
  ) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.#failuresMax = failuresMax;
  }

  get state(): BreakerState {
    return this.#state.kind;
  }

  /** Milliseconds that a call of `parties` has to wait before it tries again; 0 when it is let through. */
  waitMs(parties: readonly string[] = []): number {
    const state = this.#state;
    if (state.kind === 'closed') return 0;
    if (state.kind === 'half_open') return probeMs;
    const ends = this.#countedOf(parties).map(({ untilMs }) => untilMs);
    return Math.max(0, Math.max(state.untilMs, ...ends) - this.#nowMs());
  }

  /** Lets a call through whose `waitMs` is 0. In an open breaker that call is the probe. */
  enter(): Ticket {
    if (this.#state.kind === 'open') this.#change({ kind: 'half_open' });
    return this.#state;
  }

  /** Every ticket must be returned exactly once. A failure without `parties` counts each time. */
  leave(ticket: Ticket, verdict: Verdict, parties: readonly string[] = []): void {
    if (ticket !== this.#state) return;
    if (ticket.kind === 'half_open') this.#judgeProbe(verdict, parties);
    else if (verdict === 'success') this.#counted.length = 0;
    else if (verdict === 'failure') this.#judgeFailure(parties);
  }

  /** Opens on a report of another process, for `durationMs`, but at most slightly longer than `openMs`. */
  openFor(durationMs: number): void {
    this.#state = { kind: 'open', untilMs: this.#nowMs() + Math.min(openMs + probeMs, durationMs) };
  }

  /** Closes on a report of another process that received an answer. */
  close(): void {
    if (this.#state.kind === 'closed') return;
    this.#counted.length = 0;
    this.#state = { kind: 'closed' };
  }

  #judgeFailure(parties: readonly string[]): void {
    if (this.#count(parties) && this.#counted.length >= this.#failuresMax) this.#open();
  }

  #judgeProbe(verdict: Verdict, parties: readonly string[]): void {
    if (verdict === 'success') {
      this.#counted.length = 0;
      this.#change({ kind: 'closed' });
    } else if (verdict === 'failure' && this.#count(parties)) {
      this.#open();
    } else {
      const untilMs = this.#nowMs() + openMs;
      if (verdict === 'failure') for (const counted of this.#countedOf(parties)) counted.untilMs = untilMs;
      // The probe had no result, or revealed nothing new: the next call is the probe.
      this.#state = { kind: 'open', untilMs: this.#nowMs() };
    }
  }

  /** Whether a failure of `parties` counts; one that counts is remembered. */
  #count(parties: readonly string[]): boolean {
    if (this.#countedOf(parties).length > 0) return false;
    this.#counted.push({ parties, untilMs: 0 });
    if (this.#counted.length > this.#failuresMax) this.#counted.shift();
    return true;
  }

  #countedOf(parties: readonly string[]): Counted[] {
    return this.#counted.filter((counted) => counted.parties.some((party) => parties.includes(party)));
  }

  #open(): void {
    this.#change({ kind: 'open', untilMs: this.#nowMs() + openMs });
  }

  #change(state: State): void {
    this.#state = state;
    this.#onChange(state.kind);
  }

  #nowMs(): number {
    return this.#clock.now().getTime();
  }
}
