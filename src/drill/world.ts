import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '#configuration/config.ts';
import type { Clock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { Secret } from '#domain/secret.ts';
import type { HttpServer } from '#http/listen.ts';
import { createLog } from '#process/log.ts';
import { startDrop } from '#process/start.ts';
import { createTeardown, type Teardown } from '#process/teardown.ts';
import { emulatorNames, originOf, startEmulators, type Emulation } from '#sandbox/emulators.ts';
import { takePort } from '#sandbox/ports.ts';
import { ownDatabase, type OwnDatabase } from '#store/embedded/own-database.ts';
import { startEmbeddedPostgres } from '#store/embedded/postgres.ts';
import { createClockQueue } from './clock-queue.ts';
import { followClock } from './database-time.ts';
import { createBusiness, counted, type BusinessCount } from './business.ts';
import { startPace, type Pace } from './pace.ts';
import { openWay, type Way } from './way.ts';

/** A sandbox of its own in this process, whose time is moved by `pace`. */
export interface World {
  appOrigin: string;
  clock: Clock;
  pace: Pace;
  emulation: Emulation;
  /** Leads Drop to its database. */
  databaseWay: Way;
  /** Ends everything, and forgets what it left on disk. */
  close(): Promise<void>;
}

export interface WorldOptions {
  /** The provider of open banking for the customers; the usual one, unless given. */
  provider?: string;
  /** An empty PostgreSQL database; an embedded server is started unless given. */
  databaseUrl?: string;
  /** Gets what ends the world; one of its own, unless given. */
  teardown?: Teardown;
  /** When the web app is there to be shown. */
  webReady: Promise<unknown>;
}

/** Starts a database, every emulator, and Drop, all on one clock that runs ahead of the machine's. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { teardown = createTeardown() } = options;
  try {
    return await start(options, teardown);
  } catch (error) {
    await teardown.run('the start failed').catch(() => undefined);
    throw error;
  }
}

async function start({ provider, databaseUrl, webReady }: WorldOptions, teardown: Teardown): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), 'drop-drill-'));
  teardown.later(() => rm(directory, { recursive: true, force: true }));
  const directUrl = databaseUrl ?? (await embedded(directory, teardown));
  const business = createBusiness();
  const pace = startPace(business.now);
  teardown.later(pace.stop);
  const { clock } = pace;
  teardown.later(await followClock(directUrl, clock));
  const databaseWay = await openWay(Number(new URL(directUrl).port));
  teardown.later(databaseWay.cut);
  const { database, ownPool } = await databaseAt(directUrl, databaseWay);
  teardown.later(database.close);
  business.watch(ownPool);

  const [app, internal] = [await take('Drop', teardown), await take('the health of Drop', teardown)];
  const emulation = await emulators(originOf(app), { clock, business, teardown });
  const config = loadConfig({
    ...emulation.environment,
    ...environmentOf(app, internal, directory),
    ...(provider !== undefined && { OPENBANKING_PROVIDER: provider }),
  });
  const log = createLog(config.LOG_LEVEL, join(directory, 'drop.log'));
  const server = counted(app, business.answering);
  const queue = createClockQueue(clock);
  const drop = await startDrop({ config, log, database, server, internal, clock, queue, webReady });
  teardown.later(drop.close);
  return {
    appOrigin: originOf(app),
    clock,
    pace,
    emulation,
    databaseWay,
    close: () => teardown.run('the drill is over'),
  };
}

async function embedded(directory: string, teardown: Teardown): Promise<string> {
  const server = await startEmbeddedPostgres(directory);
  teardown.later(server.stop);
  return server.url;
}

async function databaseAt(directUrl: string, { port }: Way) {
  const url = new URL(directUrl);
  url.hostname = '127.0.0.1';
  url.port = `${port}`;
  const database: OwnDatabase = await ownDatabase({ databaseUrl: new Secret(url.href), dataDirectory: '' });
  return { database, ownPool: database.store.pool };
}

async function take(purpose: string, teardown: Teardown): Promise<HttpServer> {
  const server = await takePort(0, purpose);
  teardown.later(() => server.close());
  return server;
}

interface Around {
  clock: Clock;
  business: BusinessCount;
  teardown: Teardown;
}

async function emulators(appOrigin: string, { clock, business, teardown }: Around): Promise<Emulation> {
  const servers = new Map<string, HttpServer>();
  for (const name of emulatorNames())
    servers.set(name, counted(await take(name, teardown), business.waitingForOthers));
  const emulation = await startEmulators(servers, { appOrigin, clock, random: systemEntropy.fraction });
  teardown.later(emulation.close);
  return emulation;
}

function environmentOf(app: HttpServer, internal: HttpServer, directory: string): Record<string, string> {
  return {
    DROP_ENVIRONMENT: 'sandbox',
    HOST: 'localhost',
    PORT: `${app.port}`,
    INTERNAL_PORT: `${internal.port}`,
    DROP_DATA_DIR: directory,
    ALERT_EMAIL: 'vakt@drop.example',
    NATIONAL_ID_HASH_KEY: systemEntropy.token(),
  };
}
