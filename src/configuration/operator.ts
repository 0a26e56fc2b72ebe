import type { CoreVariables } from './variables.ts';
import type { Fault } from './variables/fault.ts';

const names = [
  'OPERATOR_NAME',
  'OPERATOR_ORGANISATION_NUMBER',
  'OPERATOR_ADDRESS',
  'OPERATOR_LICENCE',
] as const;

/** Customers are told all of the operator or nothing: a name without its licence would promise a supervision. */
export function operatorFaults(core: CoreVariables): Fault[] {
  const absent = names.filter((name) => core[name] === undefined);
  if (absent.length === names.length) return [];
  return absent.map((variable) => ({
    variable,
    problem: 'is required where another OPERATOR_ variable is set',
  }));
}
