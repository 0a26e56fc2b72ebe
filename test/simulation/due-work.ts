import type { Engine } from './engine.ts';

export type WorkKind = 'inbox' | 'payments' | 'mails';

const firstDue: Record<WorkKind, string> = {
  inbox: `select min(next_attempt_at) as at from webhook_inbox where status = 'received'`,
  payments: 'select min(due_at) as at from transactions where due_at is not null',
  mails: `select min(due_at) as at from outbox where channel = 'mail' and status = 'waiting'`,
};

/** As far in the future as no run goes. */
const never = 8e15;
const growth = 0.3;

/**
 * When the next work of a kind is due, as the database says: a look for work before that finds none, so a simulation
 * need not spend a step on it.
 */
export class DueWork {
  readonly #engine: Engine;
  readonly #known = new Map<WorkKind, { writes: number; at: number }>();
  #now: (() => number) | undefined;
  #since = 0;
  #quietUntil = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** From now on the processes look for payments ever less often, as if they stood still now and then. */
  letTimeFly(now: () => number): void {
    this.#now = now;
    this.#since = now();
  }

  /** A process looks for work. */
  look(kind: WorkKind): void {
    const now = this.#now?.();
    if (kind === 'payments' && now !== undefined) this.#quietUntil = now + (now - this.#since) * growth;
  }

  at(kind: WorkKind): number {
    return kind === 'payments' ? Math.max(this.#dueAt(kind), this.#quietUntil) : this.#dueAt(kind);
  }

  #dueAt(kind: WorkKind): number {
    const known = this.#known.get(kind);
    const { writes } = this.#engine;
    if (known?.writes === writes) return known.at;
    // Another transaction is open: what it does is not known yet.
    if (this.#engine.isBusy) return known?.at ?? 0;
    const value = this.#engine.valueNow(
      `select ceil(extract(epoch from at) * 1000) from (${firstDue[kind]}) as due`,
    );
    const at = value === undefined ? never : Number(value);
    this.#known.set(kind, { writes, at });
    return at;
  }
}
