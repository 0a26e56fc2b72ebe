import { CommanderError } from 'commander';
import { isDropError } from '#domain/errors.ts';
import { redactText } from '#domain/redaction.ts';
import { plainLines } from './plain.ts';
import { createProgram } from './program.ts';

/** Exit codes of every command. */
export const exitCodes = { success: 0, failure: 1, usage: 2 } as const;

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader, such as `head`, has closed the pipe because it needs no more output.
    if (error.code !== 'EPIPE') throw error;
  });
}

// Node would print the exception as it is.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${plainLines(redactText(error.stack ?? String(error)))}\n`);
  process.exit(exitCodes.failure);
});

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
  const message = isDropError(error) || error instanceof Error ? error.message : String(error);
  process.stderr.write(`${plainLines(redactText(message))}\n`);
  return exitCodes.failure;
}
