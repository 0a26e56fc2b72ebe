import type { Alert, Severity } from '#domain/alert-text.ts';

/** The most alerts that may wait; at one message a second, the last of them is sent after 100 s. */
export const queueLengthMax = 100;

const ranks: Record<Severity, number> = { info: 0, warning: 1, critical: 2 };

/** An alert that is being delivered, together with identical alerts raised meanwhile. */
export class QueuedAlert {
  readonly alert: Alert;
  readonly raisedAt: Date;
  /** How many identical alerts it stands for. */
  count = 1;
  attempts = 0;
  readonly settled: Promise<void>;
  readonly settle: () => void;

  constructor(alert: Alert, raisedAt: Date) {
    this.alert = alert;
    this.raisedAt = raisedAt;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.settled = promise;
    this.settle = () => resolve(undefined);
  }

  get fingerprint(): string {
    return JSON.stringify([this.alert.severity, this.alert.title, this.alert.message]);
  }

  /** Merges `other`, which is identical, into this alert. */
  absorb(other: QueuedAlert): void {
    this.count += other.count;
    void this.settled.then(other.settle);
  }
}

/** The alerts that wait to be sent: bounded, with identical alerts merged, the most severe first. */
export class AlertQueue {
  #waiting: QueuedAlert[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /**
   * Adds an alert. When the queue is full, removes and returns the oldest of the least severe alerts, which may be
   * `added` itself.
   */
  add(added: QueuedAlert): QueuedAlert | undefined {
    const same = this.#waiting.find((waiting) => waiting.fingerprint === added.fingerprint);
    if (same) {
      same.absorb(added);
      return undefined;
    }
    this.#waiting.push(added);
    if (this.#waiting.length <= queueLengthMax) return undefined;
    return this.#remove(this.#oldestOf(Math.min(...this.#waiting.map(rankOf))));
  }

  /** Removes and returns the oldest of the most severe alerts. */
  take(): QueuedAlert | undefined {
    return this.#remove(this.#oldestOf(Math.max(...this.#waiting.map(rankOf))));
  }

  clear(): void {
    this.#waiting = [];
  }

  all(): readonly QueuedAlert[] {
    return this.#waiting;
  }

  #oldestOf(rank: number): QueuedAlert | undefined {
    return this.#waiting
      .filter((waiting) => rankOf(waiting) === rank)
      .reduce<QueuedAlert | undefined>(
        (oldest, next) => (oldest === undefined || next.raisedAt < oldest.raisedAt ? next : oldest),
        undefined,
      );
  }

  #remove(removed: QueuedAlert | undefined): QueuedAlert | undefined {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== removed);
    return removed;
  }
}

function rankOf(queued: QueuedAlert): number {
  return ranks[queued.alert.severity];
}
