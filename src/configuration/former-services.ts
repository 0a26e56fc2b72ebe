import type { Environment } from './environment.ts';
import type { Fault } from './variables/fault.ts';

const advice = 'see docs/migration.md, "Configuration that names Swan"';

/** The provider that was planned first, and that Drop has no code of. */
const former = 'swan';

/** Whether `OPENBANKING_PROVIDER` names a provider that Drop no longer has. */
export function isFormerProvider(id: string): boolean {
  return id.trim().toLowerCase() === former;
}

/** The problem with `OPENBANKING_PROVIDER` there, where `known` names the providers that Drop has. */
export function formerProviderProblem(known: string): string {
  return `names Swan, which Drop no longer has: set one of ${known}; ${advice}`;
}

/**
 * Variables that nothing reads any more. They fail a start, because their owner takes them for the ones in use, and
 * they may hold credentials that should be withdrawn. Variables without a value count as absent.
 */
export function formerServiceFaults(environment: Environment): Fault[] {
  return Object.keys(environment)
    .filter((name) => /^SWAN_\w+$/i.test(name) && environment[name])
    .toSorted()
    .map((variable) => {
      return { variable, problem: `belongs to Swan, which Drop no longer has: remove it; ${advice}` };
    });
}
