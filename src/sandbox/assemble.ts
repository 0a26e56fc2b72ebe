import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '#domain/clock.ts';
import type { HttpServer } from '#http/listen.ts';
import type { OwnDatabase } from '#store/embedded/own-database.ts';
import { processEnvironment, type Environment } from '#configuration/environment.ts';
import { loadConfig } from '#configuration/config.ts';
import type { Crash } from '#process/crash.ts';
import { createLog, type ProcessLog } from '#process/log.ts';
import type { Teardown } from '#process/teardown.ts';
import { controlRoutes } from './control.ts';
import { emulatorNames, originOf, startEmulators, type Emulation } from './emulators.ts';
import { localOnly } from './local-only.ts';
import { keepEnvironment } from './environment-file.ts';
import { openMemory, type SandboxMemory } from './memory.ts';
import type { SandboxOptions } from './options.ts';
import { bankCustomers, bankIdPeople } from './people.ts';
import { portStep, takePort } from './ports.ts';
import type { Progress } from './progress.ts';
import { Journal } from './stage/journal.ts';
import { withStage } from './stage/on-server.ts';
import { stageRoutes } from './stage/routes.ts';
import { ageUnanswered } from './stage/unanswered.ts';
import { buildWebIfStale, placeWebBuild } from './web-build.ts';

export interface SandboxParts {
  options: SandboxOptions;
  progress: Progress;
  teardown: Teardown;
  crash: Crash;
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
  const journal = new Journal();
  const random = (): number => randomInt(2 ** 47) / 2 ** 47;
  const emulating: Promise<Emulation> = isMock
    ? Promise.resolve({ emulators: [], environment: {}, close: async () => undefined })
    : startEmulators(servers.emulators, {
        appOrigin: originOf(app),
        random,
        environment: passedOn(),
        onTraffic: journal.add,
      });
  // Loaded while the emulators make their keys.
  const [emulation, { startDrop }] = await Promise.all([emulating, import('#process/start.ts')]);
  teardown.later(emulation.close);
  const database = await parts.database;
  progress.done('database', `PostgreSQL, ${database.origin}`);
  let onUnsaved: (error: unknown) => void = () => undefined;
  // Not before the database is this process's own: another sandbox may run on the directory.
  const memory = openMemory(dataDirectory, {
    onUnread: progress.warning,
    onUnsaved: (error) => onUnsaved(error),
  });
  teardown.later(async () => memory.close());
  memory.attach(emulation.emulators);
  progress.done('emulators', emulation.emulators.map(({ title }) => title).join(', ') || 'none: mock mode');
  const controlToken = randomBytes(18).toString('base64url');
  servers.control.handle(localOnly(controlRoutes(emulation.emulators, controlToken).fetch));

  const logFile = join(dataDirectory, 'drop.log');
  const environment = environmentFor({ app, internal, emulation, memory, dataDirectory });
  const config = loadConfig(environment);
  teardown.later(keepEnvironment(dataDirectory, environment));
  const log = createLog(config.LOG_LEVEL, logFile);
  writeCrashes(parts.crash, log);
  onUnsaved = (error) => log('warn', 'what the emulators hold could not be written', { error });
  const built = Promise.withResolvers<'built' | 'fresh'>();
  built.promise.catch(() => undefined);
  await placeWebBuild();
  const stage = { appOrigin: originOf(app), emulators: emulation.emulators, journal, people: peopleNow };
  const age = () => ageUnanswered(database.store.database, systemClock.now());
  const server = isMock ? app : withStage(app, stageRoutes({ ...stage, ageUnanswered: age }).fetch);
  const drop = { config, log, database, server, internal, hasStage: !isMock };
  const starting = startDrop({ ...drop, webReady: built.promise });
  const running = await starting.catch((error: unknown) => {
    log('fatal', 'Drop could not start', { error });
    throw error;
  });
  teardown.later(running.close);
  parts.crash.report = running.reportUnhandled;
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
    people: isMock ? [] : peopleNow().map(({ name, note }) => ({ name, note: note.en })),
    bankCustomers: isMock ? [] : bankCustomers.map(({ name, note }) => ({ name, note: note.en })),
    dataDirectory,
    logFile,
    startedInMs,
  });
}

const peopleNow = () => bankIdPeople(systemClock.now());

/** From now on an exception that ends the process is in the log, too. */
function writeCrashes(crash: Crash, log: ProcessLog): void {
  const { write } = crash;
  crash.write = (error, origin) => {
    log('fatal', 'Drop ends: an exception was not handled', { error, origin });
    write(error, origin);
  };
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
const passedOnNames = [
  ...['NEXT_PUBLIC_SERVICE_MODE', 'LOG_LEVEL', 'BANKID_CALLBACK_URL_MOBILE', 'BANKID_APP_LINK'],
  ...['BANKID_PRESET', 'BANKID_NATIONAL_ID_CLAIM', 'BANKID_IDENTITY_SOURCE', 'BANKID_SCOPE'],
  ...['BANKID_ACR_VALUES', 'BANKID_MAX_AGE_SECONDS', 'BANKID_PAR'],
  ...['OPENBANKING_PROVIDER', 'FEATURE_FLAGS'],
  ...['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_SERVICE_NAME'],
  ...['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', 'OTEL_METRICS_EXPORTER'],
];

function passedOn(): Record<string, string | undefined> {
  return Object.fromEntries(passedOnNames.map((name) => [name, processEnvironment[name]]));
}

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
    ...passedOn(),
    ...emulation.environment,
    DROP_ENVIRONMENT: 'sandbox',
    HOST: 'localhost',
    PORT: `${app.port}`,
    INTERNAL_PORT: `${internal.port}`,
    DROP_DATA_DIR: dataDirectory,
    SUPPORT_CONTACT: 'hjelp@drop.example',
    ...madeUpOperator,
    ALERT_EMAIL: 'vakt@drop.example',
    NATIONAL_ID_HASH_KEY: memory.hashKey,
  };
}

/** Obviously made up, so that no picture of the sandbox names a company that exists. */
const madeUpOperator = {
  OPERATOR_NAME: 'Eksempelforetaket AS (oppdiktet)',
  OPERATOR_ORGANISATION_NUMBER: '000000000',
  OPERATOR_ADDRESS: 'Eksempelgata 0, 0000 Sandkassen',
  OPERATOR_LICENCE: 'FT00000000 (oppdiktet)',
};
