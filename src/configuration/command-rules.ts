import type { z } from 'zod';
import { serviceEntries } from '#services/services.ts';
import { sourceOf, type Environment } from './environment.ts';
import type { Fault } from './variables/fault.ts';
import { metaOf } from './variables/variable.ts';

/** The secrets of commands that are in the environment of Drop itself, which production refuses. */
export function commandFaults(environment: Environment): Fault[] {
  const declared = serviceEntries.flatMap(([, { commandVariables }]) => {
    const shape: Readonly<Record<string, z.core.$ZodType>> = commandVariables?.shape ?? {};
    return Object.entries(shape);
  });
  return declared.flatMap(([variable, schema]) => {
    const isGiven = metaOf(schema)?.secret === true && sourceOf(environment, variable) !== undefined;
    return isGiven ? [{ variable, problem }] : [];
  });
}

const problem =
  'must not be in the environment of Drop, which does not use it: keep it on the machine of the operator who runs ' +
  'the command';
