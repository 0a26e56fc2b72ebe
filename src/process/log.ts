import { chmodSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { pino } from 'pino';
import { systemClock } from '#domain/clock.ts';
import { escapedJson } from '#domain/escaped-json.ts';
import type { Log } from '#usecases/context.ts';
import { surviveClosedOutput } from './closed-output.ts';
import { createLineOutput } from './line-output.ts';
import { shown, shownText } from './shown-details.ts';

/** The log of the process itself, which also says why it ends. */
export type ProcessLog = (
  level: Parameters<Log>[0] | 'fatal',
  message: string,
  details?: Record<string, unknown>,
) => void;

/**
 * Writes one JSON object a line, on standard output or to `file`, which only its owner may read. Text that looks like a
 * secret or a national identity number is removed, and so are the values of names such as `password`. A terminal acts
 * on nothing in it. A line is written when the call returns, so that a crash loses none. An output that fails, or that
 * nothing reads, ends and holds up nothing.
 *
 * @throws the system's error if `file` cannot be opened.
 */
export function createLog(level: string, file?: string): ProcessLog {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const descriptor = file === undefined ? standardOutput() : openPrivately(file);
  const output = createLineOutput({ descriptor, clock: systemClock, lostLine });
  const logger = pino(options, { write: (line: string) => output.write(escapedJson(line)) });
  return (severity, message, details = {}) => {
    if (!logger.isLevelEnabled(severity)) return;
    logger[severity](shown(details), shownText(message));
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
