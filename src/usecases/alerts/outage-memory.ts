import { KnownAlerts } from './known-alerts.ts';

/**
 * This process's knowledge of an outage of its database: whether operators were alerted to it, how many errors it has
 * caused since, and which other alerts are open. It is in memory, since nothing can be written or read meanwhile.
 */
export class OutageMemory {
  /** The alerts about providers and banks. */
  readonly alerts = new KnownAlerts();
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
