import { pino } from 'pino';
import { DropError } from '#domain/errors.ts';
import { redactText } from '#domain/redaction.ts';
import { Secret } from '#domain/secret.ts';
import type { Log } from '#usecases/context.ts';

/**
 * Writes one JSON object a line, on standard output or to `file`. Text that looks like a secret or a national identity
 * number is removed.
 */
export function createLog(level: string, file?: string): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = pino(options, pino.destination({ dest: file ?? 1, mkdir: true, sync: file === undefined }));
  return (severity, message, details = {}) => {
    logger[severity](shown(details) as object, redactText(message));
  };
}

const depthMax = 5;

function shown(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (value instanceof Error) return shownError(value, depth);
  if (Array.isArray(value)) return depth < depthMax ? value.map((item) => shown(item, depth + 1)) : '[…]';
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Secret) return value.toJSON();
  if (value instanceof Date) return value.toISOString();
  if (depth >= depthMax) return '[…]';
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item, depth + 1)]));
}

/** Shows only known fields of an error: libraries attach whole answers and headers to theirs. */
function shownError(error: Error, depth: number): object {
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const details = error instanceof DropError ? (shown(error.details, depth + 1) as object) : {};
  const cause =
    error.cause instanceof Error && depth < depthMax ? { cause: shownError(error.cause, depth + 1) } : {};
  return {
    name: error.name,
    message: redactText(error.message),
    ...code,
    ...details,
    stack: stackOf(error),
    ...cause,
  };
}

/** The frames without the message, which is shown redacted. */
function stackOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trim().startsWith('at '))
    .slice(0, 8)
    .map((line) => line.trim());
}
