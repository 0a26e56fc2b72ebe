import type { Clock } from '#domain/clock.ts';

export type BreakerState = 'closed' | 'open' | 'half_open';

export const failuresBeforeOpening = 5;
export const openMs = 30_000;
/** What who is refused while another probes is told to wait. */
const probeMs = 1_000;

/** What became of what a breaker let through. `neither`: it says nothing about who was asked. */
export type Verdict = 'success' | 'failure' | 'neither';

type State = { kind: 'closed' } | { kind: 'open'; untilMs: number } | { kind: 'half_open' };

/** What `enter` hands out and `leave` takes back: the state that let the call through. */
export type Ticket = State;

/** A failure that counted: whose trouble it may be, and until when none of them probes (ms since 1970). */
interface Counted {
  parties: readonly string[];
  untilMs: number;
}

/**
 * Opens after five failures in a row, and 30 s later lets one probe through; who asks meanwhile is refused rather than
 * made to wait. What was let through before the last change says nothing any more: a late success does not close a
 * breaker, a late failure does not keep it open.
 *
 * A failure may be the trouble of its parties alone, such as the customer, or the bank that a provider asks: it counts
 * where none of them has counted yet. A probe that fails for one who has counted says nothing new: whoever shares in
 * that failure waits for another 30 s, and of the others who comes next is the probe.
 */
export class Breaker {
  readonly #clock: Clock;
  readonly #onChange: (state: BreakerState) => void;
  #state: State = { kind: 'closed' };
  /** Since the last success; the latest five. */
  #counted: Counted[] = [];

  /** `onChange` hears of every change but those that it is told by `openFor` and `close`. */
  constructor(clock: Clock, onChange: (state: BreakerState) => void = () => undefined) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get state(): BreakerState {
    return this.#state.kind;
  }

  /** Milliseconds that a call of `parties` has to wait before it is worth asking; 0 when it is let through. */
  waitMs(parties: readonly string[] = []): number {
    const state = this.#state;
    if (state.kind === 'closed') return 0;
    if (state.kind === 'half_open') return probeMs;
    const ends = this.#countedOf(parties).map(({ untilMs }) => untilMs);
    return Math.max(0, Math.max(state.untilMs, ...ends) - this.#nowMs());
  }

  /** Lets a call through that does not have to wait: in an open breaker it is the probe. */
  enter(): Ticket {
    if (this.#state.kind === 'open') this.#change({ kind: 'half_open' });
    return this.#state;
  }

  /** Every ticket must come back, once. A failure without `parties` is nobody's trouble, and counts each time. */
  leave(ticket: Ticket, verdict: Verdict, parties: readonly string[] = []): void {
    if (ticket !== this.#state) return;
    if (ticket.kind === 'half_open') this.#judgeProbe(verdict, parties);
    else if (verdict === 'success') this.#counted.length = 0;
    else if (verdict === 'failure') this.#judgeFailure(parties);
  }

  /** As another process says: for `durationMs`, and not much longer than usual. */
  openFor(durationMs: number): void {
    this.#state = { kind: 'open', untilMs: this.#nowMs() + Math.min(openMs + probeMs, durationMs) };
  }

  /** As another process says, which got an answer. */
  close(): void {
    if (this.#state.kind === 'closed') return;
    this.#counted.length = 0;
    this.#state = { kind: 'closed' };
  }

  #judgeFailure(parties: readonly string[]): void {
    if (this.#count(parties) && this.#counted.length >= failuresBeforeOpening) this.#open();
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
      // Nothing came of the probe, or nothing new: the next call is the probe.
      this.#state = { kind: 'open', untilMs: this.#nowMs() };
    }
  }

  /** Whether a failure of `parties` counts; it is remembered then. */
  #count(parties: readonly string[]): boolean {
    if (this.#countedOf(parties).length > 0) return false;
    this.#counted.push({ parties, untilMs: 0 });
    if (this.#counted.length > failuresBeforeOpening) this.#counted.shift();
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
