import { faultsAt, type Fault, type Point } from './faults.ts';
import { simulate, type Simulation, type SimulationRequest } from './simulate.ts';

/** A run of a sweep. */
export interface Swept {
  request: SimulationRequest & { faults: readonly Fault[] };
  simulation: Simulation;
}

/** Each fault that is possible at a point. */
function faultsOf({ name, kind }: Point): Fault[] {
  return faultsAt[kind].map((fault) => ({ point: name, kind: fault }));
}

/** Every fault at every point of the scenario's run without faults, each alone. */
export async function* sweepOnce(scenario: string, seed = 0): AsyncGenerator<Swept> {
  const quiet = await run({ scenario, seed, faults: [] });
  yield quiet;
  for (const fault of quiet.simulation.points.flatMap(faultsOf))
    yield await run({ scenario, seed, faults: [fault] });
}

/**
 * Every pair: after each single fault, every fault at every later point of the run that it led to. `every` leaves out
 * all but each nth pair, from `offset` on.
 */
export async function* sweepTwice(
  scenario: string,
  { seed = 0, every = 1, offset = 0 }: { seed?: number; every?: number; offset?: number } = {},
): AsyncGenerator<Swept> {
  let count = -offset;
  for await (const first of sweepOnce(scenario, seed)) {
    const [fault] = first.request.faults;
    if (!fault) continue;
    const { points } = first.simulation;
    const at = points.findIndex(({ name }) => name === fault.point);
    for (const second of points.slice(at + 1).flatMap(faultsOf)) {
      count += 1;
      if (count % every === 0) yield await run({ scenario, seed, faults: [fault, second] });
    }
  }
}

/** How many runs both sweeps take, without carrying out the second. */
export async function countRuns(
  scenario: string,
): Promise<{ points: number; single: number; pairs: number }> {
  let single = 0;
  let pairs = 0;
  let points = 0;
  for await (const { request, simulation } of sweepOnce(scenario)) {
    const [fault] = request.faults;
    if (!fault) {
      points = simulation.points.length;
      continue;
    }
    single += 1;
    const at = simulation.points.findIndex(({ name }) => name === fault.point);
    pairs += simulation.points.slice(at + 1).reduce((sum, { kind }) => sum + faultsAt[kind].length, 0);
  }
  return { points, single, pairs };
}

async function run(request: Swept['request']): Promise<Swept> {
  return { request, simulation: await simulate(request) };
}
