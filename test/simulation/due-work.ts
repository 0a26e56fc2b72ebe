import type { Engine } from './engine.ts';

export type WorkKind = 'inbox' | 'payments' | 'mails';

/** Prepared by the engine: asked dozens of times in a run. */
export const firstDue = `select concat_ws(' ',
  (select coalesce(ceil(extract(epoch from min(next_attempt_at)) * 1000), 8e15)
    from webhook_inbox where status = 'received'),
  (select coalesce(ceil(extract(epoch from min(due_at)) * 1000), 8e15)
    from transactions where due_at is not null),
  (select coalesce(ceil(extract(epoch from min(due_at)) * 1000), 8e15)
    from outbox where channel = 'mail' and status = 'waiting'))`;

/** By how much of the time that has passed the next look for payments is put off. */
const growth = 0.3;

/**
 * When the next work of a kind is due, as the database says: a look for work before that finds none, so a simulation
 * need not spend a step on it.
 */
export class DueWork {
  readonly #engine: Engine;
  #known: { writes: number; at: Record<WorkKind, number> } | undefined;
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
    const at = this.#dueAt()[kind];
    return kind === 'payments' ? Math.max(at, this.#quietUntil) : at;
  }

  /** Whether a claim at this moment finds something. */
  isDue(kind: WorkKind, at: number): boolean {
    return this.#dueAt()[kind] <= at;
  }

  #dueAt(): Record<WorkKind, number> {
    const { writes, isBusy } = this.#engine;
    if (this.#known?.writes === writes) return this.#known.at;
    // Another transaction is open: what it does is not known yet.
    if (isBusy) return this.#known?.at ?? { inbox: 0, payments: 0, mails: 0 };
    const [inbox = 0, payments = 0, mails = 0] = (this.#engine.valueNow('execute first_due') ?? '')
      .split(' ')
      .map(Number);
    this.#known = { writes, at: { inbox, payments, mails } };
    return this.#known.at;
  }
}
