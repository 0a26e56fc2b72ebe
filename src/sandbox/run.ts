import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { ownDatabase } from '#store/own-database.ts';
import { loadConfig, processEnvironment, type Environment } from '#config';
import { startDrop } from '#main';
import { createLog } from '../log.ts';
import { endOnUnhandledException, stopOnSignals } from '../signals.ts';
import { createTeardown, type Teardown } from '../teardown.ts';
import { controlRoutes } from './control.ts';
import { emulatorNames, startEmulators, type Emulation } from './emulators.ts';
import { openMemory, type SandboxMemory } from './memory.ts';
import { readOptions, usage, type SandboxOptions } from './options.ts';
import { bankCustomers, bankIdPeople } from './people.ts';
import { takePorts, type SandboxServers } from './ports.ts';
import { jsonProgress, wordProgress, type Progress } from './progress.ts';
import { buildWebIfStale } from './web-build.ts';

const write = (text: string): void => void process.stdout.write(text);

/** `npm start`: database, emulators and the production code, all on this machine. Ends the process when it fails. */
export async function runSandbox(parameters: string[]): Promise<void> {
  const progress = parameters.includes('--json') ? jsonProgress(write) : wordProgress(write);
  const teardown = createTeardown();
  stopOnSignals(teardown, {
    onStopping: progress.stopping,
    onStopped: progress.stopped,
    onFailure: (message, error) => progress.failed(`${message}: ${String(error)}`),
  });
  try {
    const options = readOptions(parameters, processEnvironment);
    if (options.help) write(usage);
    else await start(options, progress, teardown);
    if (options.help) process.exit(0);
  } catch (error) {
    await teardown.run('the start failed').catch(() => undefined);
    progress.failed(
      isDropError(error) ? error.message : String(error instanceof Error ? error.stack : error),
    );
    process.exit(1);
  }
}

async function start(options: SandboxOptions, progress: Progress, teardown: Teardown): Promise<void> {
  const { dataDirectory } = options;
  if (!options.json) write('\n  Drop, sandbox\n\n');
  // Mock mode fakes the services in process: there is nothing to emulate.
  const isMock = processEnvironment['NEXT_PUBLIC_SERVICE_MODE'] === 'mock';
  const servers = await takePorts(options.port, isMock ? [] : emulatorNames);
  teardown.later(async () => {
    await Promise.all([...servers.emulators.values(), servers.control].map((server) => server.close()));
  });
  const webReady = buildWebIfStale();
  webReady.catch(() => undefined);
  const databaseUrl = loadDatabaseUrl();
  const database = await ownDatabase({ databaseUrl, dataDirectory, fresh: options.fresh });
  teardown.later(database.close);
  progress.done('database', `PostgreSQL, ${database.origin}`);
  const memory = openMemory(dataDirectory);
  teardown.later(async () => memory.close());
  const appOrigin = `http://localhost:${servers.app.port}`;
  const [{ id: providerId }] = openBankingProviders;
  const random = (): number => randomInt(2 ** 47) / 2 ** 47;
  const emulation: Emulation = isMock
    ? { emulators: [], environment: {} }
    : await startEmulators(servers.emulators, { appOrigin, providerId, random });
  memory.attach(emulation.emulators);
  const titles = emulation.emulators.map(({ title }) => title).join(', ');
  progress.done('emulators', titles || 'none: mock mode');
  const controlToken = randomBytes(18).toString('base64url');
  servers.control.handle(controlRoutes(emulation.emulators, controlToken).fetch);

  const logFile = join(dataDirectory, 'drop.log');
  const config = loadConfig(environmentFor({ servers, emulation, memory, dataDirectory, providerId }));
  const log = createLog(config.LOG_LEVEL, logFile);
  const drop = await startDrop({ config, log, database, server: servers.app, webReady });
  const startedInMs = Math.round(performance.now());
  progress.done('app', `healthy after ${startedInMs} ms`);
  teardown.later(drop.close);
  endOnUnhandledException(drop.reportUnhandled);
  progress.done('web app', (await webReady) === 'built' ? 'built' : 'as built before');
  progress.ready({
    appOrigin,
    controlOrigin: servers.control.origin,
    controlToken,
    emulators: emulation.emulators,
    people: isMock ? [] : bankIdPeople(systemClock.now()).map(({ name, note }) => ({ name, note: note.en })),
    bankCustomers: isMock ? [] : bankCustomers.map(({ name, note }) => ({ name, note })),
    dataDirectory,
    logFile,
    startedInMs,
  });
}

/** `DATABASE_URL` works for the sandbox too. */
function loadDatabaseUrl() {
  const { DATABASE_URL, DATABASE_URL_FILE } = processEnvironment;
  const mock = { NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' };
  return loadConfig({ ...mock, DATABASE_URL, DATABASE_URL_FILE }).DATABASE_URL;
}

/** What the environment says, then what points the production clients at the emulators. */
function environmentFor(parts: {
  servers: SandboxServers;
  emulation: Emulation;
  memory: SandboxMemory;
  dataDirectory: string;
  providerId: string;
}): Environment {
  const { servers, emulation, memory, dataDirectory, providerId } = parts;
  const { NEXT_PUBLIC_SERVICE_MODE, LOG_LEVEL } = processEnvironment;
  return {
    NEXT_PUBLIC_SERVICE_MODE,
    LOG_LEVEL,
    ...emulation.environment,
    DROP_ENVIRONMENT: 'sandbox',
    HOST: '127.0.0.1',
    PORT: `${servers.app.port}`,
    DROP_DATA_DIR: dataDirectory,
    NATIONAL_ID_HASH_KEY: memory.hashKey,
    OPENBANKING_PROVIDER: providerId,
  };
}
