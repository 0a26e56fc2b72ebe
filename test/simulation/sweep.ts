import { faultsAt, type Fault, type FaultKind, type Point } from './faults.ts';
import { simulate, type Simulation, type SimulationRequest } from './simulate.ts';

/** A run of a sweep. */
export interface Swept {
  request: SimulationRequest & { faults: readonly Fault[] };
  simulation: Simulation;
}

export interface SweepOptions {
  seed?: number;
  /** The kinds of faults; all unless given. */
  kinds?: readonly FaultKind[];
}

/** Each fault that is possible at a point. */
function faultsOf({ name, kind }: Point, kinds: readonly FaultKind[] | undefined): Fault[] {
  const possible: readonly FaultKind[] = faultsAt[kind];
  return possible
    .filter((fault) => kinds === undefined || kinds.includes(fault))
    .map((fault) => ({ point: name, kind: fault }));
}

/** Every fault at every point of the scenario's run without faults, each alone. */
export async function* sweepOnce(
  scenario: string,
  { seed = 0, kinds }: SweepOptions = {},
): AsyncGenerator<Swept> {
  const quiet = await run({ scenario, seed, faults: [] });
  yield quiet;
  for (const fault of quiet.simulation.points.flatMap((point) => faultsOf(point, kinds)))
    yield await run({ scenario, seed, faults: [fault] });
}

/**
 * Every single fault, and after it every fault at every later point of the run that it led to. `every` leaves out all
 * but each nth pair, from `offset` on.
 */
export async function* sweepTwice(
  scenario: string,
  { every = 1, offset = 0, ...options }: SweepOptions & { every?: number; offset?: number } = {},
): AsyncGenerator<Swept> {
  const { seed = 0, kinds } = options;
  let count = -offset;
  for await (const first of sweepOnce(scenario, options)) {
    yield first;
    const [fault] = first.request.faults;
    if (!fault) continue;
    for (const second of pointsAfter(fault, first.simulation.points)) {
      for (const other of faultsOf(second, kinds)) {
        count += 1;
        if (count % every === 0) yield await run({ scenario, seed, faults: [fault, other] });
      }
    }
  }
}

function pointsAfter(fault: Fault, points: readonly Point[]): readonly Point[] {
  return points.slice(points.findIndex(({ name }) => name === fault.point) + 1);
}

/** How many runs both sweeps take, without carrying out the second. */
export async function countRuns(
  scenario: string,
): Promise<{ points: number; single: number; pairs: number }> {
  let [points, single, pairs] = [0, 0, 0];
  for await (const { request, simulation } of sweepOnce(scenario)) {
    const [fault] = request.faults;
    if (!fault) points = simulation.points.length;
    else {
      single += 1;
      const later = pointsAfter(fault, simulation.points);
      pairs += later.reduce((sum, point) => sum + faultsOf(point, undefined).length, 0);
    }
  }
  return { points, single, pairs };
}

async function run(request: Swept['request']): Promise<Swept> {
  return { request, simulation: await simulate(request) };
}
