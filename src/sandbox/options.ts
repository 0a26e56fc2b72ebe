import { parseArgs } from 'node:util';
import { DropError } from '#domain/errors.ts';

export interface SandboxOptions {
  /** The port of the app. Metrics are at +1, the emulators at +10, +20 … With 0, all ports are free ones. */
  port: number;
  dataDirectory: string;
  fresh: boolean;
  /** Print one JSON object per line instead of text. */
  json: boolean;
  help: boolean;
}

export const usage = `Usage: npm start -- [options]

  --port <number>   port of the app (default 3000); 0 uses a free port for everything
  --fresh           delete the data of earlier runs
  --json            print one JSON object per line
  --help            show this help

The data directory is .drop, or DROP_DATA_DIR.
`;

/** @throws {DropError} `configuration_invalid` for an unknown or invalid option. */
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
  return new DropError('configuration_invalid', { message: '--port must be a whole number from 0 to 65000' });
}
