/** Counts the places that each name has taken, of at most `max`. Without a name there is no share and no limit. */
export class Shares {
  readonly max: number;
  readonly #taken = new Map<string, number>();

  constructor(max: number) {
    this.max = max;
  }

  isFull(name: string | undefined): boolean {
    return name !== undefined && (this.#taken.get(name) ?? 0) >= this.max;
  }

  /** The names that have taken their whole share. Names without a place are not stored. */
  get full(): string[] {
    return [...this.#taken].filter(([, taken]) => taken >= this.max).map(([name]) => name);
  }

  take(name: string | undefined): void {
    if (name !== undefined) this.#taken.set(name, (this.#taken.get(name) ?? 0) + 1);
  }

  giveBack(name: string | undefined): void {
    if (name === undefined) return;
    const taken = (this.#taken.get(name) ?? 0) - 1;
    if (taken > 0) this.#taken.set(name, taken);
    else this.#taken.delete(name);
  }
}
