import type { Fault } from '#emulation/faults.ts';
import type { Stage } from '#http/contract/stage.ts';
import type { PlacedEmulator } from '../emulators.ts';

/** The operation by which every bank takes an order. */
const operation = 'create_payment';

/** A bank that is cut off before it answers: Drop cannot know whether it got the order. */
const isUnanswered = (fault: Fault): boolean =>
  fault.operation === operation && fault.effect === 'reset' && fault.times === 1;

/** The outcome that `banks` wait for. Each was told the same, so once one has used it up, it is over for all. */
export function nextOutcomeOf(banks: readonly PlacedEmulator[]): Stage['nextPayment'] {
  if (banks.length > 0 && banks.every(({ faults }) => faults.list().some(isUnanswered))) return 'unanswered';
  const outcomes = new Set(banks.map(({ emulator }) => emulator.onStage?.nextOutcome?.()));
  const [outcome] = outcomes;
  return outcomes.size === 1 && outcome !== undefined ? outcome : 'settle';
}

/** Has the next order at `banks` answered or not. Faults of other kinds stay. */
export function setUnanswered(banks: readonly PlacedEmulator[], outcome: Stage['nextPayment']): void {
  for (const { faults } of banks) {
    faults.remove(isUnanswered);
    if (outcome === 'unanswered') faults.add({ operation, effect: 'reset', times: 1 });
  }
}
