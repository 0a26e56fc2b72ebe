import { fileURLToPath } from 'node:url';
import { loadConfig, type Config } from '#configuration/config.ts';
import type { Alert } from '#domain/alert-text.ts';
import { systemClock } from '#domain/clock.ts';
import type { Handler, HttpServer, RequestFaults } from '#http/listen.ts';
import { ownDatabase } from '#store/embedded/own-database.ts';
import type { RunningDrop } from './drop-parts.ts';
import { alertFailedStart } from './failed-start.ts';
import { takeInternalListener } from './listeners.ts';
import { createLog } from './log.ts';
import { startDrop } from './start.ts';
import { createTeardown, type Teardown } from './teardown.ts';

/** Drop inside another server. The server gives it requests, and ends it. */
export interface MountedDrop {
  /**
   * Answers any request of Drop's: the API, webhooks, and the pages of the web app. Never rejects. `bindings` are those
   * of `@hono/node-server`; without them, and without `TRUSTED_PROXY_HOPS`, customers' addresses are not known.
   */
  fetch(request: Request, bindings?: object): Promise<Response>;
  /** Sends an alert of the host's own to the operators' channel. Does not reject. */
  sendAlert(alert: Alert): Promise<void>;
  /** Alerts the operators of an exception that nothing handled, in bounded time. The host then ends the process. */
  reportUnhandled(error: unknown): Promise<void>;
  /**
   * Finishes the work in progress, closes the database and the internal listener. `reason` is in the alert. Does all of
   * it even when a part fails, and then rejects with the first failure.
   */
  close(reason: string): Promise<void>;
}

/**
 * Starts Drop without a public listener, configured by the environment as `npm run serve` is. Metrics and the full
 * health are at `INTERNAL_HOST` and `INTERNAL_PORT`. Listens to no signal and handles no exception of the process:
 * both are the host's.
 *
 * @throws {DropError} `configuration_invalid`; other errors as a start has them. Everything begun is then ended.
 */
export async function mountDrop(): Promise<MountedDrop> {
  const teardown = createTeardown();
  try {
    return await mount(loadConfig(), teardown);
  } catch (error) {
    await teardown.run('the start failed').catch(() => undefined);
    throw error;
  }
}

async function mount(config: Config, teardown: Teardown): Promise<MountedDrop> {
  const log = createLog(config.LOG_LEVEL);
  const server = new UnboundServer(config.PORT);
  const start = async (): Promise<RunningDrop> => {
    const internal = await takeInternalListener(config, systemClock, teardown);
    const database = await ownDatabase({
      databaseUrl: config.DATABASE_URL,
      directUrl: config.DATABASE_DIRECT_URL,
      dataDirectory: config.DROP_DATA_DIR,
    });
    teardown.later(database.close);
    const webDirectory = fileURLToPath(new URL('../../web/dist', import.meta.url));
    const drop = await startDrop({ config, log, database, server, internal, webDirectory });
    teardown.later(drop.close);
    return drop;
  };
  const drop = await start().catch(async (error: unknown) => {
    log('fatal', 'Drop could not start', { error });
    await alertFailedStart(config, log, error);
    throw error;
  });
  return {
    fetch: (request, bindings) => server.fetch(request, bindings),
    sendAlert: drop.sendAlert,
    reportUnhandled: drop.reportUnhandled,
    close: (reason) => teardown.run(reason),
  };
}

/** Takes the place of the public listener, which is the host's. The host waits for the requests in progress. */
class UnboundServer implements HttpServer {
  readonly port: number;
  #handler: Handler = () => new Response('starting', { status: 503, headers: { 'retry-after': '1' } });
  #faults: RequestFaults = {};

  constructor(port: number) {
    this.port = port;
  }

  handle(handler: Handler, _intake?: unknown, faults: RequestFaults = {}): void {
    this.#handler = handler;
    this.#faults = faults;
  }

  async fetch(request: Request, bindings: object = {}): Promise<Response> {
    try {
      return await this.#handler(request, bindings as Parameters<Handler>[1]);
    } catch (error) {
      this.#faults.onFailure?.(error);
      return new Response(null, { status: 500 });
    }
  }

  /** From here on the host must bring no more requests: what would answer them is closed next. */
  async close(): Promise<void> {
    const ended = { status: 503, headers: { 'retry-after': '1', connection: 'close' } };
    this.#handler = () => new Response('ending', ended);
  }
}
