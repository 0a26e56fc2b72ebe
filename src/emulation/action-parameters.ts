import { z } from 'zod';
import { DropError } from '#domain/errors.ts';

/** The parameters of an action of the control plane. @throws {DropError} `invalid_request`, naming what is wrong. */
export function readParameters<Schema extends z.ZodType>(
  schema: Schema,
  parameters: Record<string, unknown>,
): z.output<Schema> {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  throw invalidParameters(z.prettifyError(parsed.error));
}

/** For parameters that are well formed and fit nothing that the emulator holds. */
export function invalidParameters(message: string): DropError {
  return new DropError('invalid_request', { message });
}
