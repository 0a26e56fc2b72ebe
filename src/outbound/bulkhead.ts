/** The largest share of all places that one scope may take. */
const scopeShare = 1 / 2;

/** A limited number of places. One scope may take at most half of them; calls without a scope may take all. */
export class Bulkhead {
  readonly max: number;
  /** At least one, so that every scope can be called whenever there are places at all. */
  readonly scopeMax: number;
  readonly #byScope = new Map<string, number>();
  #taken = 0;

  constructor(max: number) {
    this.max = max;
    this.scopeMax = Math.ceil(max * scopeShare);
  }

  get taken(): number {
    return this.#taken;
  }

  get isFull(): boolean {
    return this.#taken >= this.max;
  }

  /** The scopes that have taken their whole share. Scopes without a place are not stored. */
  get fullScopes(): string[] {
    return [...this.#byScope].filter(([, taken]) => taken >= this.scopeMax).map(([scope]) => scope);
  }

  /** False when there is no place left for `scope`. */
  take(scope: string | undefined): boolean {
    if (this.isFull) return false;
    if (scope !== undefined) {
      const taken = this.#byScope.get(scope) ?? 0;
      if (taken >= this.scopeMax) return false;
      this.#byScope.set(scope, taken + 1);
    }
    this.#taken += 1;
    return true;
  }

  giveBack(scope: string | undefined): void {
    this.#taken -= 1;
    if (scope === undefined) return;
    const taken = (this.#byScope.get(scope) ?? 0) - 1;
    if (taken > 0) this.#byScope.set(scope, taken);
    else this.#byScope.delete(scope);
  }
}
