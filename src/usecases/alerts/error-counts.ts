import type { ErrorTally } from '#store/error-tallies.ts';
import type { ErrorCause } from '#store/tables/messages.ts';

/** An error as it is counted: its code, and what it concerned. */
export interface CountedError {
  code: string;
  provider?: string | undefined;
  /** The bank, where the error is about one. */
  bank?: string | undefined;
  /** Whether the provider, or the bank, did not answer. */
  isUnanswered?: boolean | undefined;
  /** The customer whose request or job it was. */
  userId?: string | undefined;
}

const secondMs = 1_000;
/** Customers that a second of a process names. Beyond this the number of customers is a lower bound. */
const customersKeptMax = 100;
/** Codes and providers are closed lists; this bounds their pairs in case one is not. */
const causesKeptMax = 200;

interface Second {
  lastAtMs: number;
  errors: number;
  causes: Map<string, ErrorCause>;
  customers: Set<string>;
}

function keyOf({ code, provider, bank, isUnanswered = false }: Omit<ErrorCause, 'errors'>): string {
  return [code, provider, bank, isUnanswered].join(' ');
}

/** The errors of this process in the last minute, by the second. */
export class ErrorCounts {
  readonly #windowMs: number;
  readonly #seconds = new Map<number, Second>();
  readonly #unwritten = new Set<number>();

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  add({ userId, ...error }: CountedError, nowMs: number): void {
    const startMs = Math.floor(nowMs / secondMs) * secondMs;
    let second = this.#seconds.get(startMs);
    if (!second) {
      this.#forget(nowMs);
      second = { lastAtMs: nowMs, errors: 0, causes: new Map(), customers: new Set() };
      this.#seconds.set(startMs, second);
    }
    second.errors += 1;
    second.lastAtMs = nowMs;
    const key = keyOf(error);
    const cause = second.causes.get(key);
    if (cause) cause.errors += 1;
    else if (second.causes.size < causesKeptMax) second.causes.set(key, { ...error, errors: 1 });
    if (userId !== undefined && second.customers.size < customersKeptMax) second.customers.add(userId);
    this.#unwritten.add(startMs);
  }

  /** The seconds that changed since they were last taken. `giveBack` marks them as changed again. */
  takeUnwritten(nowMs: number): { tallies: ErrorTally[]; giveBack: () => void } {
    this.#forget(nowMs);
    const taken = [...this.#unwritten].filter((startMs) => this.#seconds.has(startMs));
    this.#unwritten.clear();
    return {
      tallies: taken.flatMap((startMs) => this.#tallyOf(startMs)),
      giveBack: () => taken.forEach((startMs) => this.#unwritten.add(startMs)),
    };
  }

  /** Takes out the errors with a code, and returns how many there were. Their customers stay. */
  takeOut(code: string): number {
    let taken = 0;
    for (const [startMs, second] of this.#seconds) {
      const found = [...second.causes].filter(([, cause]) => cause.code === code);
      for (const [key, { errors }] of found) {
        second.causes.delete(key);
        second.errors -= errors;
        taken += errors;
        this.#unwritten.add(startMs);
      }
    }
    return taken;
  }

  get hasUnwritten(): boolean {
    return this.#unwritten.size > 0;
  }

  /** All that is known of the window that ends now. */
  recent(nowMs: number): ErrorTally[] {
    this.#forget(nowMs);
    return [...this.#seconds.keys()].flatMap((startMs) => this.#tallyOf(startMs));
  }

  #tallyOf(startMs: number): ErrorTally[] {
    const second = this.#seconds.get(startMs);
    if (!second) return [];
    const { lastAtMs, errors, causes, customers } = second;
    const copied = [...causes.values()].map((cause) => ({ ...cause }));
    const [since, lastAt] = [new Date(startMs), new Date(lastAtMs)];
    return [{ since, lastAt, errors, causes: copied, customers: [...customers] }];
  }

  #forget(nowMs: number): void {
    for (const [startMs, { lastAtMs }] of this.#seconds)
      if (lastAtMs <= nowMs - this.#windowMs) this.#seconds.delete(startMs);
  }
}

/** Customers that a sum names. */
const customersSummedMax = 1_000;

/** The sum of tallies; undefined without any. */
export function sumOf(tallies: readonly ErrorTally[]): ErrorTally | undefined {
  const [first] = tallies;
  if (!first) return undefined;
  const causes = new Map<string, ErrorCause>();
  for (const cause of tallies.flatMap((tally) => tally.causes)) {
    const key = keyOf(cause);
    const known = causes.get(key);
    if (known || causes.size < causesKeptMax)
      causes.set(key, { ...cause, errors: cause.errors + (known?.errors ?? 0) });
  }
  const customers = new Set(tallies.flatMap((tally) => tally.customers));
  return {
    since: new Date(Math.min(...tallies.map(({ since }) => since.getTime()))),
    lastAt: new Date(Math.max(...tallies.map(({ lastAt }) => lastAt.getTime()))),
    errors: tallies.reduce((sum, { errors }) => sum + errors, 0),
    causes: [...causes.values()].toSorted((left, right) => right.errors - left.errors),
    customers: [...customers].slice(0, customersSummedMax),
  };
}

/** A sum without the errors that have a code. */
export function without(tally: ErrorTally | undefined, code: string | undefined): ErrorTally | undefined {
  const left = tally?.causes.filter((cause) => cause.code !== code) ?? [];
  if (!tally || left.length === tally.causes.length) return tally;
  const taken = tally.causes
    .filter((cause) => cause.code === code)
    .reduce((sum, { errors }) => sum + errors, 0);
  return { ...tally, errors: tally.errors - taken, causes: left };
}
