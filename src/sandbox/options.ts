import { parseArgs } from 'node:util';
import { DropError } from '#domain/errors.ts';

export interface SandboxOptions {
  /** Of the app; the emulators follow at +10, +20 …; 0 takes free ones for all. */
  port: number;
  dataDirectory: string;
  fresh: boolean;
  /** One JSON object a line on standard output instead of words. */
  json: boolean;
  help: boolean;
}

export const usage = `Usage: npm start -- [options]

  --port <number>   port of the app (default 3000); 0 takes free ones for everything
  --fresh           forget what earlier runs left in the data directory
  --json            tell what happens as one JSON object a line
  --help            this

The data directory is .drop, or DROP_DATA_DIR.
`;

/** @throws {DropError} `configuration_invalid` for words that are no option. */
export function readOptions(
  parameters: string[],
  environment: { DROP_DATA_DIR?: string; PORT?: string },
): SandboxOptions {
  try {
    const { values } = parseArgs({
      args: parameters,
      options: {
        port: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port ?? environment.PORT ?? '3000');
    if (!Number.isInteger(port) || port < 0 || port > 65_000) throw wrongPort();
    const { fresh, json, help } = values;
    return { port, fresh, json, help, dataDirectory: environment.DROP_DATA_DIR ?? '.drop' };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DropError('configuration_invalid', { message: `${reason}\n\n${usage}`, cause });
  }
}

function wrongPort(): DropError {
  return new DropError('configuration_invalid', { message: '--port takes a number up to 65000' });
}
