import { z } from 'zod';
import { DropError, type FieldFault } from '#domain/errors.ts';
import { faultsListedMax } from './listed-faults.ts';

const withCharacters = z.object({ characters: z.array(z.string()) });

/** Converts the faults that a schema found in a request to an `invalid_request` that names each field. */
export function invalidRequest(issues: readonly z.core.$ZodIssue[]): DropError {
  return new DropError('invalid_request', { fields: issues.flatMap(faultsOf) });
}

/** One fault for each key that the schema does not know; Zod's own message would join all of their names. */
function faultsOf(issue: z.core.$ZodIssue): FieldFault[] {
  if (issue.code !== 'unrecognized_keys') return [faultOf(issue)];
  return issue.keys.slice(0, faultsListedMax).map((key) => ({
    field: pathOf([...issue.path, key]),
    message: 'Unrecognized key',
    isNamedBySender: true,
  }));
}

/** Uses a code of `field-texts.ts` if there is one. Other messages are Zod's own, for the developer of the client. */
function faultOf(issue: z.core.$ZodIssue): FieldFault {
  const field = pathOf(issue.path);
  if (issue.code === 'too_big' && issue.origin === 'string')
    return { field, message: 'text_too_long', lengthMax: Number(issue.maximum) };
  const characters = issue.code === 'custom' ? withCharacters.safeParse(issue.params).data : undefined;
  return { field, message: issue.message, ...characters };
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}
