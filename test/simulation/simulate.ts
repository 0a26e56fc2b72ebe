import { Customer } from './customer.ts';
import { SeededEntropy } from './draw.ts';
import { Faults, type Fault, type Point } from './faults.ts';
import { judge } from './judge.ts';
import { scenarios } from './scenarios.ts';
import { takeOverSharedSources } from './date-and-crypto.ts';
import { stageFor, start, whileItHappens } from './stage.ts';
import { Timeline } from './timeline.ts';
import { World } from './world.ts';
import { jumpMs } from './node.ts';

export interface SimulationRequest {
  /** Decides the order of what happens at the same time, delays, ids, and the faults unless they are given. */
  seed: number;
  /** The name of a scenario. */
  scenario: string;
  /** Exactly what goes wrong, beside what the scenario itself has; as the seed draws it, unless given. */
  faults?: readonly Fault[];
}

export interface Simulation {
  /** The same for two runs of the same request. */
  traceHash: string;
  /** The laws that were broken; empty where all is well. */
  findings: string[];
  /** What happened, for a reader: seconds since the start, and what. */
  steps: string[];
  /** What went wrong. */
  faults: Fault[];
  /** Where something could have gone wrong, in order. */
  points: Point[];
  /** How many actions the run took. */
  actions: number;
}

/** Longer than a quarantine, and than a scheduled payment waits for its day. */
const horizonMs = 5 * 86_400_000;

let last: Promise<unknown> = Promise.resolve();

/** Carries out a scenario in simulated time, and judges what it left behind. Runs wait for each other. */
export function simulate(request: SimulationRequest): Promise<Simulation> {
  const run = last.then(() => carryOut(request));
  last = run.catch(() => undefined);
  return run;
}

async function carryOut({ seed, scenario: name, faults: given }: SimulationRequest): Promise<Simulation> {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (!scenario) throw new RangeError(`no scenario ${name}`);
  const stage = await stageFor(scenario.provider);
  const timeline = new Timeline(seed, start);
  const faults = new Faults(seed, given, scenario.alwaysAt);
  const shared = takeOverSharedSources(() => timeline.now, new SeededEntropy(seed, 'bank'));
  try {
    await stage.reset();
    const world = new World({ seed, timeline, stage, faults });
    await timeline.run(follow(scenario.act(new Customer(world), world), world), start + horizonMs);
    const aheadMs = jumpMs * faults.struck.filter(({ kind }) => kind === 'clock_jump').length;
    const judging = judge(world, world.judge(new Faults(seed, [])), { aheadMs });
    const findings = await whileItHappens(timeline, judging);
    return {
      traceHash: timeline.digest(),
      findings,
      steps: timeline.steps,
      faults: faults.struck,
      points: faults.reached,
      actions: timeline.count,
    };
  } finally {
    shared.restore();
  }
}

/** Never over by itself: a run ends when nothing happens any more, or at its horizon. */
function follow(act: Promise<void>, { due, timeline }: World): () => boolean {
  let failure: { error: unknown } | undefined;
  act.then(
    () => due.letTimeFly(() => timeline.now),
    (error: unknown) => (failure = { error }),
  );
  return () => {
    if (failure) throw failure.error;
    return false;
  };
}
