import type { Fault, Faults } from '#emulation/faults.ts';
import type { Stage } from '#http/contract/stage.ts';

/** Long enough to be felt, and shorter than any deadline of Drop's. */
const slowMs = 4_000;
const downStatus = 503;

type Trouble = Stage['bank'];

/** Whether the fault stays until it is removed, as those of the stage do. */
const isLasting = ({ times, probability }: Fault): boolean => times === undefined && probability === 1;
const isSlowness = (fault: Fault): boolean => isLasting(fault) && fault.effect === 'latency';
const isOutage = (fault: Fault): boolean =>
  isLasting(fault) && fault.effect === 'status' && fault.status >= 500;

/** Faults that the control plane set count, too. */
export function troubleOf({ faults }: { faults: Faults }): Trouble {
  const all = faults.list();
  if (all.some(isOutage)) return 'down';
  return all.some(isSlowness) ? 'slow' : 'usual';
}

/** Takes the place of the trouble that there was. Faults of other kinds stay. */
export function setTrouble({ faults }: { faults: Faults }, trouble: Trouble): void {
  faults.remove((fault) => isSlowness(fault) || isOutage(fault));
  if (trouble === 'slow') faults.add({ operation: '*', effect: 'latency', delayMs: slowMs });
  if (trouble === 'down')
    for (const operation of faults.operations.filter(isCall))
      faults.add({ operation, effect: 'status', status: downStatus });
}

/** A browser that opens a page would show the provider's error as it is. */
function isCall(operation: string): boolean {
  return !operation.endsWith('_page') && operation !== 'authorize';
}
