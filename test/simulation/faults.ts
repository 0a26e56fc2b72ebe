import { choose, draw } from './draw.ts';

/**
 * What can go wrong where. A `call` may change something at the provider; a `reading` does not, and may arrive twice.
 * TLS carries what Drop sends once no more than once, so a `call` arrives twice only where Drop sends it twice.
 */
export const faultsAt = {
  call: [
    'abandoned_before',
    'abandoned_after',
    'not_sent',
    'lost_request',
    'lost_answer',
    'late_request',
    'late_answer',
    'stands_still',
  ],
  reading: [
    'abandoned_before',
    'not_sent',
    'lost_request',
    'lost_answer',
    'duplicate',
    'late_request',
    'late_answer',
    'stands_still',
  ],
  commit: ['abandoned_before', 'abandoned_after', 'refused', 'lost_answer', 'stands_still'],
  webhook: ['dropped', 'duplicate', 'late'],
  wake: ['dropped'],
  poll: ['late', 'clock_jump', 'abandoned_before'],
} as const;

export type PointKind = keyof typeof faultsAt;
export type FaultKind = (typeof faultsAt)[PointKind][number];

/** A place in a run at which something can go wrong. */
export interface Point {
  name: string;
  kind: PointKind;
}

/** What goes wrong at the point of that name. */
export interface Fault {
  point: string;
  kind: FaultKind;
}

/** Says at each point of a run what goes wrong there: as given, or as the seed draws it. */
export class Faults {
  readonly reached: Point[] = [];
  readonly struck: Fault[] = [];
  readonly #seed: number;
  readonly #given: ReadonlyMap<string, FaultKind> | undefined;
  readonly #rate: number;
  readonly #always: ((kind: PointKind, point: string, seed: number) => FaultKind | undefined) | undefined;

  /** `always`: what a scenario itself has go wrong. It is no fault that could be left out. */
  constructor(
    seed: number,
    given: readonly Fault[] | undefined,
    always?: (kind: PointKind, point: string, seed: number) => FaultKind | undefined,
  ) {
    this.#seed = seed;
    this.#always = always;
    this.#given = given && new Map(given.map(({ point, kind }) => [point, kind]));
    this.#rate = choose(seed, 'rate', [0.01, 0.03, 0.08, 0.15]);
  }

  at(kind: PointKind, name: string): FaultKind | undefined {
    this.reached.push({ name, kind });
    const fixed = this.#always?.(kind, name, this.#seed);
    if (fixed !== undefined) return fixed;
    const fault = this.#given ? this.#given.get(name) : this.#drawn(kind, name);
    if (fault !== undefined) this.struck.push({ point: name, kind: fault });
    return fault;
  }

  #drawn(kind: PointKind, name: string): FaultKind | undefined {
    if (draw(this.#seed, `fault ${name}`) >= this.#rate) return undefined;
    return choose<FaultKind>(this.#seed, `kind ${name}`, faultsAt[kind]);
  }
}
