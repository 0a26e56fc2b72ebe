import { ActorClock, type Actor, type Timeline } from './timeline.ts';
import { choose, SeededEntropy } from './draw.ts';
import type { FaultKind, Faults, PointKind } from './faults.ts';

/** A process of Drop, as far as it can fail. */
export class DropProcess {
  readonly actor: Actor;
  readonly clock: ActorClock;
  readonly entropy: SeededEntropy;
  readonly timeline: Timeline;
  readonly #seed: number;
  readonly #faults: Faults;
  readonly #atEnd: (() => void)[] = [];

  constructor(name: string, around: { seed: number; timeline: Timeline; faults: Faults }) {
    this.actor = { name, isGone: false, resumesAt: 0 };
    this.timeline = around.timeline;
    this.#faults = around.faults;
    this.#seed = around.seed;
    this.clock = new ActorClock(around.timeline, this.actor);
    this.entropy = new SeededEntropy(around.seed, name);
  }

  get name(): string {
    return this.actor.name;
  }

  /** What goes wrong at this point, which is told to the reader of the schedule. */
  faultAt(kind: PointKind, point: string): FaultKind | undefined {
    const fault = this.#faults.at(kind, point);
    if (kind !== 'poll' || fault !== undefined)
      this.timeline.tell(fault === undefined ? point : `${point}: ${fault}`);
    return fault;
  }

  /** The process dies: it does nothing any more, its connections break, and its leases run out. */
  abandon(): void {
    if (this.actor.isGone) return;
    this.timeline.forget(this.actor);
    for (const end of this.#atEnd) end();
  }

  onGone(end: () => void): void {
    this.#atEnd.push(end);
  }

  /** The process stands still for longer than its leases, and then goes on as if nothing had been. */
  standStill(point: string): void {
    const forMs = choose(this.#seed, `still ${point}`, [70_000, 20_000, 600_000]);
    this.actor.resumesAt = Math.max(this.actor.resumesAt, this.timeline.now + forMs);
  }
}
