import type { Clock } from '#domain/clock.ts';

export type BreakerState = 'closed' | 'open' | 'half_open';

export const failuresBeforeOpening = 5;
export const openMs = 30_000;
/** What who is refused while another probes is told to wait. */
const probeMs = 1_000;

/** What became of what a breaker let through. `neither`: it says nothing about who was asked. */
export type Verdict = 'success' | 'failure' | 'neither';

type State = { kind: 'closed'; failures: number } | { kind: 'open'; untilMs: number } | { kind: 'half_open' };

/** What `enter` hands out and `leave` takes back: the state that let the call through. */
export type Ticket = State;

/**
 * Opens after five failures in a row, and 30 s later lets one probe through; who asks meanwhile is refused rather than
 * made to wait. What was let through before the last change says nothing any more: a late success does not close a
 * breaker, a late failure does not keep it open.
 */
export class Breaker {
  readonly #clock: Clock;
  readonly #onChange: (state: BreakerState) => void;
  #state: State = { kind: 'closed', failures: 0 };

  /** `onChange` hears of every change but those that it is told by `openFor` and `close`. */
  constructor(clock: Clock, onChange: (state: BreakerState) => void = () => undefined) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get state(): BreakerState {
    return this.#state.kind;
  }

  /** Milliseconds that a call has to wait before it is worth asking; 0 when it is let through. */
  waitMs(): number {
    const state = this.#state;
    if (state.kind === 'closed') return 0;
    if (state.kind === 'half_open') return probeMs;
    return Math.max(0, state.untilMs - this.#clock.now().getTime());
  }

  /** Lets a call through that does not have to wait: in an open breaker it is the probe. */
  enter(): Ticket {
    if (this.#state.kind === 'open') this.#change({ kind: 'half_open' });
    return this.#state;
  }

  /** Every ticket must come back, once. */
  leave(ticket: Ticket, verdict: Verdict): void {
    const state = this.#state;
    if (ticket !== state) return;
    if (state.kind === 'half_open') this.#judgeProbe(verdict);
    else if (state.kind === 'closed' && verdict === 'success') state.failures = 0;
    else if (state.kind === 'closed' && verdict === 'failure') this.#count(state);
  }

  /** As another process says: for `durationMs`, and not much longer than usual. */
  openFor(durationMs: number): void {
    const untilMs = this.#clock.now().getTime() + Math.min(openMs + probeMs, durationMs);
    this.#state = { kind: 'open', untilMs };
  }

  /** As another process says, which got an answer. */
  close(): void {
    if (this.#state.kind !== 'closed') this.#state = { kind: 'closed', failures: 0 };
  }

  #judgeProbe(verdict: Verdict): void {
    if (verdict === 'success') this.#change({ kind: 'closed', failures: 0 });
    else if (verdict === 'failure') this.#open(openMs);
    // The probe came to nothing by itself: the next call is the probe.
    else this.#state = { kind: 'open', untilMs: this.#clock.now().getTime() };
  }

  #count(state: { failures: number }): void {
    state.failures += 1;
    if (state.failures >= failuresBeforeOpening) this.#open(openMs);
  }

  #open(durationMs: number): void {
    this.#change({ kind: 'open', untilMs: this.#clock.now().getTime() + durationMs });
  }

  #change(state: State): void {
    this.#state = state;
    this.#onChange(state.kind);
  }
}
