/** A call that waits for a place. */
export interface Turn {
  readonly scope: string | undefined;
  readonly customer: string | undefined;
  /** Ends the wait: with a place, or with the error that the caller gets. */
  end(error?: Error): void;
}

/**
 * The waiting calls, of which the next one is chosen in turn by customer: a customer who was served goes behind all
 * others who wait. So the wait for a customer's first place depends on how many customers wait, and not on how many
 * calls each of them has queued. Within one customer, and among the calls without a customer, the first call is the
 * first served.
 */
export class Rotation {
  /** In the order in which the customers have their turn. A customer without a waiting call is not stored. */
  readonly #queues = new Map<string | undefined, Set<Turn>>();

  get isEmpty(): boolean {
    return this.#queues.size === 0;
  }

  add(turn: Turn): void {
    const queue = this.#queues.get(turn.customer) ?? new Set();
    this.#queues.set(turn.customer, queue.add(turn));
  }

  remove(turn: Turn): void {
    const queue = this.#queues.get(turn.customer);
    queue?.delete(turn);
    if (queue?.size === 0) this.#queues.delete(turn.customer);
  }

  /** Removes and returns the next call that `takesPlace` accepts; undefined when it accepts none. */
  next(takesPlace: (turn: Turn) => boolean): Turn | undefined {
    for (const [customer, queue] of this.#queues) {
      for (const turn of queue) {
        if (!takesPlace(turn)) continue;
        this.#queues.delete(customer);
        queue.delete(turn);
        if (queue.size > 0) this.#queues.set(customer, queue);
        return turn;
      }
    }
    return undefined;
  }
}
