/**
 * What this process knows of an outage of its database: whether operators were alerted to it, and how many errors it
 * has caused since. It is in memory, since nothing can be written meanwhile.
 */
export class OutageErrors {
  #errors = 0;
  #isTold = false;

  /** Whether operators were alerted, and not yet told that it is over. */
  get isTold(): boolean {
    return this.#isTold;
  }

  /** Called when operators are alerted. */
  begin(): void {
    this.#isTold = true;
  }

  add(errors: number): void {
    this.#errors += errors;
  }

  /** Called when it is over. Returns how many errors it caused. */
  end(): number {
    const errors = this.#errors;
    this.#errors = 0;
    this.#isTold = false;
    return errors;
  }
}
