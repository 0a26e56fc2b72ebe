import { brokenLaw, isResolved } from './laws.ts';
import { outsideSteps } from './outside-steps.ts';
import { processSteps } from './process-steps.ts';
import { saysNo } from './row.ts';
import { search, type Searched, type Step } from './search.ts';
import type { Guards } from './guards.ts';
import { firstWorld, keyOf, type Bank, type Faults, type World } from './world.ts';

/** Searches every order in which everything can happen to one payment at such a bank; if told, for one law alone. */
export function searchPayments(
  bank: Bank,
  { guards, faults, law }: { guards: Guards; faults: Faults; law?: string },
): Searched<World> {
  return search<World>({
    first: firstWorld(faults),
    keyOf,
    steps: (world) => [...processSteps(world, bank, guards), ...outsideSteps(world, bank)].map(settledDown),
    breaks(world, before) {
      const broken = brokenLaw(world, before, { bank, guards });
      return law === undefined || broken === law ? broken : undefined;
    },
    isResolved: (world) => isResolved(world, bank),
  });
}

/** The customer reads what the row says, and an answer that no process waits for is gone. */
function settledDown({ to, ...step }: Step<World>): Step<World> {
  const answers = to.answers.filter((answer) =>
    to.tasks.some(
      (task) => task.does === 'waiting' && task.attempt === answer.attempt && task.sent === answer.sent,
    ),
  );
  return { ...step, to: { ...to, answers, isToldNo: to.isToldNo || saysNo(to.drop) } };
}
