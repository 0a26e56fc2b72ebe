const entriesMax = 10_000;

/** Remembers used names for a while, so that they cannot be used again. Bounded: the oldest is removed first. */
export class SingleUse {
  readonly #rememberedMs: number;
  readonly #usedAt = new Map<string, number>();

  constructor(rememberedMs: number) {
    this.#rememberedMs = rememberedMs;
  }

  /** Marks `name` as used; false when it has been used before. */
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
