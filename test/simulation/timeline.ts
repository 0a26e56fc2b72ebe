import { createHash, type Hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Clock, Scheduled } from '#domain/clock.ts';
import { busyWork } from './busy.ts';
import { draw } from './draw.ts';

/** What can stand still, or be gone with all that it was about to do: a process. */
export interface Actor {
  readonly name: string;
  isGone: boolean;
  /** When it goes on; nothing of it happens before. */
  resumesAt: number;
}

/** Something that happens at a moment. */
export interface Action {
  at: number;
  /** Names it in the trace, and draws its place among what is due at the same moment. */
  key: string;
  /** Undefined for the world: the customer, the network, the banks. */
  actor?: Actor | undefined;
  /** A look for work that finds none before this moment, which is asked for anew each time. */
  notBefore?: () => number;
  isBlocked?: () => boolean;
  run: () => void;
}

/**
 * The only order of events in a simulation. One action runs at a time, and the next is chosen when all that the last
 * one caused waits again. Of several that are due, the seed draws one.
 */
export class Timeline {
  readonly #seed: number;
  readonly #actions = new Set<Action>();
  readonly #counts = new Map<string, number>();
  readonly #hash: Hash = createHash('sha256');
  readonly steps: string[] = [];
  readonly startedAt: number;
  count = 0;
  now: number;

  constructor(seed: number, start: number) {
    this.#seed = seed;
    this.startedAt = start;
    this.now = start;
  }

  /** `what` with how often it has happened. */
  nth(what: string): string {
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    return `${what} #${count}`;
  }

  /** Adds to what two runs of one seed must have in common. */
  trace(...parts: (string | Uint8Array)[]): void {
    for (const part of parts) this.#hash.update(part).update('\n');
  }

  /** Adds a step that a reader of the schedule wants to see. */
  tell(step: string): void {
    const seconds = (this.now - this.startedAt) / 1_000;
    this.steps.push(`${seconds.toFixed(3)} s  ${step}`);
    this.trace(step);
  }

  schedule(action: Action): Scheduled {
    this.#actions.add(action);
    return { cancel: () => this.#actions.delete(action) };
  }

  /** Happens `delayMs` milliseconds from now, whatever becomes of any process. */
  after(delayMs: number, what: string, run: () => void): Scheduled {
    return this.schedule({ at: this.now + delayMs, key: this.nth(what), run });
  }

  /** A process is gone, with all that it was about to do. */
  forget(actor: Actor): void {
    actor.isGone = true;
    for (const action of this.#actions) if (action.actor === actor) this.#actions.delete(action);
  }

  /** Runs what happens until `isOver`, or until nothing happens before `end`. */
  async run(isOver: () => boolean, end: number): Promise<void> {
    await settled();
    while (!isOver()) {
      const next = this.#next();
      if (next === undefined || next.at > end) {
        this.now = Math.max(this.now, Math.min(end, next?.at ?? end));
        return;
      }
      const { action, at } = next;
      this.now = Math.max(this.now, at);
      this.count += 1;
      this.#actions.delete(action);
      this.trace(`${this.now} ${action.key}`);
      action.run();
      await settled();
    }
  }

  /** The digest of all that happened. */
  digest(): string {
    return this.#hash.copy().digest('hex');
  }

  #next(): { action: Action; at: number } | undefined {
    let first: { action: Action; at: number; turn: number } | undefined;
    for (const action of this.#actions) {
      if (action.isBlocked?.() === true) continue;
      const at = this.#timeOf(action);
      if (first !== undefined && at > first.at) continue;
      const turn = draw(this.#seed, action.key);
      if (first === undefined || at < first.at || turn < first.turn) first = { action, at, turn };
    }
    return first;
  }

  #timeOf({ at, actor, notBefore }: Action): number {
    return Math.max(at, this.now, actor?.resumesAt ?? 0, notBefore?.() ?? 0);
  }
}

/** When all that runs now waits for something again. */
async function settled(): Promise<void> {
  do await setImmediate();
  while (busyWork.count > 0);
}

/** A process's view of time, which may differ from that of others. */
export class ActorClock implements Clock {
  readonly #timeline: Timeline;
  readonly #actor: Actor | undefined;
  #aheadMs = 0;

  constructor(timeline: Timeline, actor?: Actor) {
    this.#timeline = timeline;
    this.#actor = actor;
  }

  /** The clock of the machine is put forward. */
  jump(aheadMs: number): void {
    this.#aheadMs += aheadMs;
  }

  now(): Date {
    return new Date(this.#timeline.now + this.#aheadMs);
  }

  monotonicMs(): number {
    return this.#timeline.now;
  }

  schedule(delayMs: number, task: () => void): Scheduled {
    return this.#add(delayMs, 'timer', { run: task });
  }

  afterTurn(task: () => void): void {
    this.#add(0, 'turn', { run: task });
  }

  /** The same clock for a worker, whose looks for work are postponed until there is some. */
  forWorker(pollMs: number, look: { name: string; notBefore: () => number; onLook: () => number }): Clock {
    const poll = (delayMs: number, task: () => void): Scheduled => {
      const run = (): void => {
        const laterMs = look.onLook();
        if (laterMs === 0) task();
        else this.#add(laterMs, look.name, { run: task });
      };
      return this.#add(delayMs, look.name, { run, notBefore: look.notBefore });
    };
    return {
      now: () => this.now(),
      monotonicMs: () => this.monotonicMs(),
      afterTurn: (task) => this.afterTurn(task),
      schedule: (delayMs, task) => (delayMs === pollMs ? poll(delayMs, task) : this.schedule(delayMs, task)),
    };
  }

  #add(delayMs: number, what: string, action: Pick<Action, 'run' | 'notBefore'>): Scheduled {
    const actor = this.#actor;
    if (actor?.isGone === true) return { cancel: () => undefined };
    const key = this.#timeline.nth(`${actor?.name ?? 'bank'} ${what}`);
    return this.#timeline.schedule({ at: this.#timeline.now + delayMs, key, actor, ...action });
  }
}
