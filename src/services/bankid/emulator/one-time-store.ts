import { randomBytes } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';

const entriesMax = 10_000;

/** Values that can be used once within a short time, under random names. Bounded: the oldest are removed first. */
export class OneTimeStore<T> {
  readonly #clock: Clock;
  readonly #lifetimeMs: number;
  readonly #entries = new Map<string, { value: T; expiresAt: number }>();

  constructor(clock: Clock, lifetimeMs: number) {
    this.#clock = clock;
    this.#lifetimeMs = lifetimeMs;
  }

  put(value: T): string {
    const name = randomBytes(32).toString('base64url');
    this.keep(name, value);
    return name;
  }

  /** Stores a value under an existing name. */
  keep(name: string, value: T): void {
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= entriesMax && oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(name, { value, expiresAt: this.#clock.now().getTime() + this.#lifetimeMs });
  }

  /** Returns and removes the value; undefined when it is unknown, taken or expired. */
  take(name: string): T | undefined {
    const entry = this.#entries.get(name);
    this.#entries.delete(name);
    return entry && this.#clock.now().getTime() < entry.expiresAt ? entry.value : undefined;
  }

  /** Returns the value without removing it; undefined when it is unknown, taken or expired. */
  peek(name: string): T | undefined {
    const entry = this.#entries.get(name);
    return entry && this.#clock.now().getTime() < entry.expiresAt ? entry.value : undefined;
  }

  get size(): number {
    return this.#entries.size;
  }

  clear(): void {
    this.#entries.clear();
  }
}
