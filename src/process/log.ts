import { chmodSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { pino } from 'pino';
import { systemClock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { redactText } from '#domain/redaction.ts';
import { Secret } from '#domain/secret.ts';
import type { Log } from '#usecases/context.ts';
import { surviveClosedOutput } from './closed-output.ts';
import { createLineOutput } from './line-output.ts';

/** The log of the process itself, which also says why it ends. */
export type ProcessLog = (
  level: Parameters<Log>[0] | 'fatal',
  message: string,
  details?: Record<string, unknown>,
) => void;

/**
 * Writes one JSON object a line, on standard output or to `file`, which only its owner may read. Text that looks like a
 * secret or a national identity number is removed. A line is written when the call returns, so that a crash loses none.
 * An output that fails, or that nothing reads, ends and holds up nothing.
 *
 * @throws the system's error if `file` cannot be opened.
 */
export function createLog(level: string, file?: string): ProcessLog {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const descriptor = file === undefined ? standardOutput() : openPrivately(file);
  const output = createLineOutput({ descriptor, clock: systemClock, lostLine });
  const logger = pino(options, output);
  return (severity, message, details = {}) => {
    if (!logger.isLevelEnabled(severity)) return;
    logger[severity](shown(details) as object, redactText(message));
  };
}

function standardOutput(): number {
  surviveClosedOutput();
  return process.stdout.fd;
}

function openPrivately(file: string): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const descriptor = openSync(file, 'a', 0o600);
  // The mode above applies to a new file only.
  chmodSync(file, 0o600);
  return descriptor;
}

function lostLine(lost: number): string {
  const time = systemClock.now().toISOString();
  return `${JSON.stringify({ level: pino.levels.values['warn'], time, lost, msg: 'lines of the log were lost' })}\n`;
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
export function stackOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trim().startsWith('at '))
    .slice(0, 8)
    .map((line) => line.trim());
}
