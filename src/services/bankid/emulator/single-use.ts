const entriesMax = 10_000;

/** Remembers for a while what has been used, so that it is not used again. Bounded: the oldest is forgotten first. */
export class SingleUse {
  readonly #rememberedMs: number;
  readonly #usedAt = new Map<string, number>();

  constructor(rememberedMs: number) {
    this.#rememberedMs = rememberedMs;
  }

  /** Whether `name` may be used now; it may not again. */
  use(name: string, now: Date): boolean {
    const before = this.#usedAt.get(name);
    if (before !== undefined && now.getTime() < before + this.#rememberedMs) return false;
    const [oldest] = this.#usedAt.keys();
    if (this.#usedAt.size >= entriesMax && oldest !== undefined) this.#usedAt.delete(oldest);
    this.#usedAt.set(name, now.getTime());
    return true;
  }

  clear(): void {
    this.#usedAt.clear();
  }
}
