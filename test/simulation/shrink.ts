import type { Fault } from './faults.ts';
import { simulate, type Simulation, type SimulationRequest } from './simulate.ts';

/** A run that broke a law, with no fault that could be left out. */
export interface Failure {
  request: SimulationRequest & { faults: readonly Fault[] };
  simulation: Simulation;
}

/** Leaves faults out one by one, as long as a law is still broken. */
export async function shrink(request: SimulationRequest, failed: Simulation): Promise<Failure> {
  let smallest: Failure = { request: { ...request, faults: failed.faults }, simulation: failed };
  for (const fault of failed.faults) {
    const faults = smallest.request.faults.filter((each) => each !== fault);
    const simulation = await simulate({ ...request, faults });
    if (simulation.findings.length > 0) smallest = { request: { ...request, faults }, simulation };
  }
  return smallest;
}

/** What broke, how it came to it, and the command that shows it again. */
export function describe({ request, simulation }: Failure): string {
  const { seed, scenario, faults } = request;
  const given = faults.map(({ point, kind }) => `  --fault '${point}: ${kind}' \\\n`).join('');
  return [
    `A law is broken in "${scenario}" with seed ${seed}:`,
    ...simulation.findings.map((finding) => `  ${finding}`),
    faults.length === 0 ? 'Nothing went wrong beside what the scenario has.' : 'What went wrong:',
    ...faults.map(({ point, kind }) => `  ${point}: ${kind}`),
    'What happened:',
    ...simulation.steps.map((step) => `  ${step}`),
    'Once more:',
    `  npm run simulate -- --seed ${seed} --scenario ${scenario} \\\n${given}  --no-draws`,
  ].join('\n');
}
