import { isDropError } from '#domain/errors.ts';
import { redactText } from '#domain/redaction.ts';
import { Secret } from '#domain/secret.ts';
import { processEnvironment, readVariable } from '#configuration/environment.ts';
import { ownDatabase } from '#store/embedded/own-database.ts';
import { surviveClosedOutput } from '#process/closed-output.ts';
import { endOnUnhandledException, type Crash } from '#process/crash.ts';
import { stopOnSignals } from '#process/signals.ts';
import { createTeardown, type Teardown } from '#process/teardown.ts';
import { readOptions, usage, type SandboxOptions } from './options.ts';
import { requireLocalName } from './local-name.ts';
import { takePort } from './ports.ts';
import { jsonProgress, wordProgress, type Progress } from './progress.ts';
import { requireWebApp } from './web-build.ts';

const write = (text: string): void => void process.stdout.write(text);

/** `npm start`: database, emulators and the production code, all on this machine. Ends the process when it fails. */
export async function runSandbox(parameters: string[]): Promise<void> {
  const progress = parameters.includes('--json') ? jsonProgress(write) : wordProgress(write);
  const teardown = createTeardown();
  surviveClosedOutput();
  const crash: Crash = { write: (error) => progress.failed(described(error)) };
  endOnUnhandledException(crash);
  stopOnSignals(teardown, {
    onStopping: progress.stopping,
    onStopped: progress.stopped,
    onFailure: (message, error) => progress.failed(`${message}: ${String(error)}`),
  });
  try {
    const options = readOptions(parameters, processEnvironment);
    if (options.help) write(usage);
    else await start(options, { progress, teardown, crash });
    if (options.help) process.exit(0);
  } catch (error) {
    await teardown.run('the start failed').catch(() => undefined);
    progress.failed(described(error));
    process.exit(1);
  }
}

function described(error: unknown): string {
  const text = isDropError(error) ? error.message : error instanceof Error ? error.stack : error;
  return redactText(String(text));
}

interface RunParts {
  progress: Progress;
  teardown: Teardown;
  crash: Crash;
}

/** The database is a process of its own: it starts while the rest of the program is loaded. */
async function start(options: SandboxOptions, parts: RunParts): Promise<void> {
  if (!options.json) write('\n  Drop, sandbox\n\n');
  requireWebApp();
  await requireLocalName();
  const app = await takePort(options.port, 'the app');
  const internalPort = options.port === 0 ? 0 : options.port + 1;
  const internal = await takePort(internalPort, 'metrics and health');
  const { dataDirectory, fresh } = options;
  const starting = ownDatabase({
    databaseUrl: secretOf('DATABASE_URL'),
    directUrl: secretOf('DATABASE_DIRECT_URL'),
    dataDirectory,
    fresh,
  });
  // An interrupt that comes meanwhile must find it, too: it is awaited, then stopped.
  parts.teardown.later(async () => (await starting.catch(() => undefined))?.close());
  starting.catch(() => undefined);
  const { assemble } = await import('./assemble.ts');
  await assemble({ ...parts, options, app, internal, database: starting });
}

function secretOf(variable: string): Secret | undefined {
  const value = readVariable(processEnvironment, variable);
  return value === undefined ? undefined : new Secret(value);
}
