import { parseArgs } from 'node:util';
import { faultsAt, type Fault, type FaultKind } from './faults.ts';
import { scenarios } from './scenarios.ts';
import { describe, shrink } from './shrink.ts';
import { simulate, type SimulationRequest } from './simulate.ts';
import { closeStages } from './stage.ts';
import { countRuns, sweepOnce, sweepTwice } from './sweep.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    scenario: { type: 'string' },
    fault: { type: 'string', multiple: true, default: [] },
    'no-draws': { type: 'boolean', default: false },
    sweep: { type: 'string' },
    every: { type: 'string', default: '1' },
    offset: { type: 'string', default: '0' },
    list: { type: 'boolean', default: false },
    count: { type: 'boolean', default: false },
    steps: { type: 'boolean', default: false },
  },
});

const chosen = scenarios.filter(({ name }) => values.scenario === undefined || values.scenario === name);
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const kinds = new Set<string>(Object.values(faultsAt).flat());

/** `<point>: <kind>` */
function faultOf(text: string): Fault {
  const at = text.lastIndexOf(': ');
  const kind = text.slice(at + 2);
  if (at < 0 || !kinds.has(kind)) throw new RangeError(`not a fault: ${text}`);
  return { point: text.slice(0, at), kind: kind as FaultKind };
}

async function* requests(): AsyncGenerator<SimulationRequest> {
  const faults = values['no-draws'] || values.fault.length > 0 ? { faults: values.fault.map(faultOf) } : {};
  for (let seed = Number(values.seed); seed < Number(values.seed) + Number(values.seeds); seed += 1) {
    // Several seeds share the scenarios; one seed alone is carried out in all of them.
    const own = Number(values.seeds) > 1 ? [chosen[seed % chosen.length] ?? chosen[0]] : chosen;
    for (const scenario of own) if (scenario) yield { seed, scenario: scenario.name, ...faults };
  }
}

async function sweepAll(): Promise<boolean> {
  let isWell = true;
  for (const { name } of chosen) {
    const share = { every: Number(values.every), offset: Number(values.offset) };
    const runs = values.sweep === 'pairs' ? sweepTwice(name, share) : sweepOnce(name);
    let count = 0;
    for await (const { request, simulation } of runs) {
      count += 1;
      if (simulation.findings.length === 0) continue;
      isWell = false;
      say(describe(await shrink(request, simulation)));
    }
    say(`${name}: ${count} runs`);
  }
  return isWell;
}

async function runSeeds(): Promise<boolean> {
  const began = performance.now();
  const failed = new Set<string>();
  let count = 0;
  for await (const request of requests()) {
    const simulation = await simulate(request);
    count += 1;
    if (count % 100 === 0) process.stderr.write(`${count} runs\n`);
    if (values.steps) say([...simulation.steps, `trace ${simulation.traceHash}`].join('\n'));
    if (simulation.findings.length === 0) continue;
    const kind = `${request.scenario}: ${simulation.findings.map((each) => each.split(' ')[0]).join(', ')}`;
    if (failed.has(kind)) say(`seed ${request.seed} again: ${kind}`);
    else say(describe(await shrink(request, simulation)));
    failed.add(kind);
  }
  say(`${count} runs, ${Math.round((performance.now() - began) / count)} ms each`);
  return failed.size === 0;
}

if (chosen.length === 0)
  throw new RangeError(`the scenarios are ${scenarios.map(({ name }) => name).join(', ')}`);
let isWell = true;
if (values.list) say(chosen.map(({ name }) => name).join('\n'));
else if (values.count)
  for (const { name } of chosen) say(`${name}: ${JSON.stringify(await countRuns(name))}`);
else isWell = await (values.sweep === undefined ? runSeeds() : sweepAll());
await closeStages();
process.exit(isWell ? 0 : 1);
