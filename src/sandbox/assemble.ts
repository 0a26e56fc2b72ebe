import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '#domain/clock.ts';
import type { HttpServer } from '#http/listen.ts';
import type { OwnDatabase } from '#store/embedded/own-database.ts';
import { processEnvironment, type Environment } from '#configuration/environment.ts';
import { loadConfig } from '#configuration/config.ts';
import { createLog } from '#process/log.ts';
import { endOnUnhandledException } from '#process/signals.ts';
import type { Teardown } from '#process/teardown.ts';
import { controlRoutes } from './control.ts';
import { emulatorNames, originOf, startEmulators, type Emulation } from './emulators.ts';
import { openMemory, type SandboxMemory } from './memory.ts';
import type { SandboxOptions } from './options.ts';
import { bankCustomers, bankIdPeople } from './people.ts';
import { portStep, takePort } from './ports.ts';
import type { Progress } from './progress.ts';
import { buildWebIfStale, placeWebBuild } from './web-build.ts';

export interface SandboxParts {
  options: SandboxOptions;
  progress: Progress;
  teardown: Teardown;
  /** Where the app will answer; taken already. */
  app: HttpServer;
  /** Where it will answer for monitoring. */
  internal: HttpServer;
  /** Made ready meanwhile. */
  database: Promise<OwnDatabase>;
}

/** Puts emulators and app together, and tells when everything is there. */
export async function assemble(parts: SandboxParts): Promise<void> {
  const { options, progress, teardown, app, internal } = parts;
  const { dataDirectory } = options;
  // Mock mode fakes the services in process: there is nothing to emulate.
  const isMock = processEnvironment['NEXT_PUBLIC_SERVICE_MODE'] === 'mock';
  const servers = await takeEmulatorPorts(options.port, isMock ? [] : emulatorNames(), teardown);
  const random = (): number => randomInt(2 ** 47) / 2 ** 47;
  const starting: Promise<Emulation> = isMock
    ? Promise.resolve({ emulators: [], environment: {} })
    : startEmulators(servers.emulators, { appOrigin: originOf(app), random });
  // Loaded while the emulators make their keys.
  const [emulation, { startDrop }] = await Promise.all([starting, import('#process/start.ts')]);
  const database = await parts.database;
  progress.done('database', `PostgreSQL, ${database.origin}`);
  // Not before the database is this process's own: another sandbox may run on the directory.
  const memory = openMemory(dataDirectory, progress.warning);
  teardown.later(async () => memory.close());
  memory.attach(emulation.emulators);
  progress.done('emulators', emulation.emulators.map(({ title }) => title).join(', ') || 'none: mock mode');
  const controlToken = randomBytes(18).toString('base64url');
  servers.control.handle(controlRoutes(emulation.emulators, controlToken).fetch);

  const logFile = join(dataDirectory, 'drop.log');
  const config = loadConfig(environmentFor({ app, internal, emulation, memory, dataDirectory }));
  const log = createLog(config.LOG_LEVEL, logFile);
  const built = Promise.withResolvers<'built' | 'fresh'>();
  built.promise.catch(() => undefined);
  await placeWebBuild();
  const drop = await startDrop({ config, log, database, server: app, internal, webReady: built.promise });
  teardown.later(drop.close);
  endOnUnhandledException(drop.reportUnhandled);
  const startedInMs = Math.round(performance.now());
  progress.done('app', `healthy after ${startedInMs} ms`);
  // Only now: the build would take the processor from the start.
  built.resolve(buildWebIfStale());
  progress.done('web app', (await built.promise) === 'built' ? 'built' : 'as built before');
  progress.ready({
    appOrigin: originOf(app),
    internalOrigin: originOf(internal),
    controlOrigin: originOf(servers.control),
    controlToken,
    emulators: emulation.emulators,
    people: isMock ? [] : bankIdPeople(systemClock.now()).map(({ name, note }) => ({ name, note: note.en })),
    bankCustomers: isMock ? [] : bankCustomers.map(({ name, note }) => ({ name, note: note.en })),
    dataDirectory,
    logFile,
    startedInMs,
  });
}

interface EmulatorServers {
  emulators: Map<string, HttpServer>;
  control: HttpServer;
}

/** One port for each emulator and one for the control plane, ten apart, after the app's. */
async function takeEmulatorPorts(
  appPort: number,
  names: readonly string[],
  teardown: Teardown,
): Promise<EmulatorServers> {
  const take = async (index: number, purpose: string): Promise<HttpServer> => {
    const server = await takePort(appPort === 0 ? 0 : appPort + index * portStep, purpose);
    teardown.later(() => server.close());
    return server;
  };
  const emulators = new Map<string, HttpServer>();
  for (const [index, name] of names.entries()) emulators.set(name, await take(index + 1, name));
  return { emulators, control: await take(names.length + 1, 'the control plane') };
}

/** What the environment may say in the sandbox, too. */
const passedOn = [
  ...['NEXT_PUBLIC_SERVICE_MODE', 'LOG_LEVEL', 'BANKID_CALLBACK_URL_MOBILE', 'BANKID_APP_LINK'],
  'OPENBANKING_PROVIDER',
  ...['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_SERVICE_NAME'],
];

/** What the environment says, then what points the production clients at the emulators. */
function environmentFor(parts: {
  app: HttpServer;
  internal: HttpServer;
  emulation: Emulation;
  memory: SandboxMemory;
  dataDirectory: string;
}): Environment {
  const { app, internal, emulation, memory, dataDirectory } = parts;
  return {
    ...Object.fromEntries(passedOn.map((name) => [name, processEnvironment[name]])),
    ...emulation.environment,
    DROP_ENVIRONMENT: 'sandbox',
    HOST: '127.0.0.1',
    PORT: `${app.port}`,
    INTERNAL_PORT: `${internal.port}`,
    DROP_DATA_DIR: dataDirectory,
    SUPPORT_CONTACT: 'hjelp@drop.example',
    NATIONAL_ID_HASH_KEY: memory.hashKey,
  };
}
