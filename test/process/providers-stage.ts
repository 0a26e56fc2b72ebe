import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { loadConfig } from '#configuration/config.ts';
import { listen, type HttpServer } from '#http/listen.ts';
import { createLog } from '#process/log.ts';
import type { DropParts } from '#process/drop-parts.ts';
import { startDrop } from '#process/start.ts';
import { emulatorNames, originOf, startEmulators, type PlacedEmulator } from '#sandbox/emulators.ts';
import { placeWebBuild } from '#sandbox/web-build.ts';
import type { Store } from '#store/database.ts';
import { testStore } from '../support/database.ts';
import { providersWithSecond } from '../support/second-provider.ts';

const providers = providersWithSecond;

export interface ProvidersStage {
  origin: string;
  /** Metrics and the full health. */
  internalOrigin: string;
  store: Store;
  emulators: PlacedEmulator[];
  /** Points the clients of all services at their emulators. */
  environment: Record<string, string>;
  /** Starts Drop where the one before it was. */
  start(
    changed: Record<string, string | undefined>,
    log?: DropParts['log'],
  ): Promise<{ close(): Promise<void> }>;
}

/** The server that every start shares: none of them closes it. */
const keptOpen = (server: HttpServer): HttpServer => ({ ...server, close: async () => undefined });

async function serverUntilTheEnd(port = 0): Promise<HttpServer> {
  const server = await listen({ host: '127.0.0.1', port, clock: systemClock });
  onTestFinished(() => server.close());
  return server;
}

/** Every emulator, those of two open banking providers among them, and a database that outlives each start. */
export async function providersStage(): Promise<ProvidersStage> {
  await placeWebBuild();
  const store = await testStore();
  let app: HttpServer | undefined = await serverUntilTheEnd();
  const { port } = app;
  const internal = await serverUntilTheEnd();
  const names = emulatorNames(providers);
  const servers = await Promise.all(names.map(async (name) => [name, await serverUntilTheEnd()] as const));
  const appOrigin = originOf(app);
  const emulation = await startEmulators(new Map(servers), { appOrigin, random: () => 0.5, providers });
  const environment = {
    ...emulation.environment,
    DROP_ENVIRONMENT: 'sandbox',
    PORT: `${port}`,
    NATIONAL_ID_HASH_KEY: randomBytes(32).toString('base64'),
  };
  return {
    origin: appOrigin,
    internalOrigin: originOf(internal),
    store,
    emulators: emulation.emulators,
    environment,
    async start(changed, log = createLog('silent')) {
      const server = app ?? (await serverUntilTheEnd(port));
      app = undefined;
      const config = loadConfig({ ...environment, ...changed }, providers);
      const database = { store, origin: 'external', close: async () => undefined } as const;
      const drop = await startDrop({
        config,
        providers,
        database,
        server,
        internal: keptOpen(internal),
        log,
      }).catch(async (error: unknown) => {
        await server.close();
        throw error;
      });
      let closed: Promise<void> | undefined;
      const close = (): Promise<void> => (closed ??= drop.close('a deploy'));
      onTestFinished(close);
      return { close };
    },
  };
}
