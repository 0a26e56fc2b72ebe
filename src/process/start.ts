import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { createChangeFeed } from '#http/change-feed.ts';
import { createHealth } from '#http/health.ts';
import type { HttpDependencies } from '#http/environment.ts';
import { createWebShell } from '#http/web-shell.ts';
import type { HttpServer } from '#http/listen.ts';
import { createProductionQueue } from '#jobs/production.ts';
import { startJobs } from '#jobs/start.ts';
import { initializeServices } from '#services/index.ts';
import { databaseAnswers } from '#store/database.ts';
import { migrate } from '#store/migrate.ts';
import type { OwnDatabase } from '#store/embedded/own-database.ts';
import { alertShutdown, alertStartup, alertUnhandledException } from '#usecases/alert.ts';
import type { Log } from '#usecases/context.ts';
import { createErrorSpikeDetector } from '#usecases/error-spike.ts';
import type { Config } from '#configuration/config.ts';
import { createObservability } from './observability.ts';
import { version } from '#configuration/version.ts';
import { serveHttp } from './serve-http.ts';
import { connectWebhooks, createContext, subscribeToChanges } from './wiring.ts';

export interface RunningDrop {
  /** Finishes the work in progress and closes everything but the database. */
  close(reason: string): Promise<void>;
  /** Alerts the operators of an uncaught exception, in bounded time. */
  reportUnhandled(error: unknown): Promise<void>;
}

export interface DropParts {
  config: Config;
  log: Log;
  database: OwnDatabase;
  server: HttpServer;
  /** Resolves when the web app is built. */
  webReady?: Promise<unknown>;
}

const requestGraceMs = 3_000;
const alertDeadlineMs = 3_000;

/** Puts Drop together: configuration → services → HTTP → workers. Serves when it resolves. */
export async function startDrop(parts: DropParts): Promise<RunningDrop> {
  const { config, log, database, server, webReady } = parts;
  const [clock, entropy] = [systemClock, systemEntropy];
  const { store } = database;
  await migrate(store.pool);
  const observability = await createObservability({ config, store, clock, entropy, log });
  const services = await initializeServices({ config, clock, entropy, ...observability.hooks });
  observability.watch(services);
  const { tracing } = observability;
  const queue = createProductionQueue({ url: store.url, log });
  const { enqueue } = queue;
  const context = createContext({ config, services, store, clock, entropy, enqueue, log, tracing });
  const webhookSources = connectWebhooks(context);
  const changeFeed = createChangeFeed();
  const subscription = subscribeToChanges(context, {
    webhookSources,
    breakers: observability.breakers,
    onChange: changeFeed.publish,
  });
  const errorSpike = createErrorSpikeDetector({ clock, alerts: services.alerts });
  const probes = { version, databaseAnswers: () => databaseAnswers(store.pool), breakers: services.breakers };
  const http: HttpDependencies = {
    context,
    config,
    webhookSources,
    changeFeed,
    health: createHealth(probes, clock),
    webShell: createWebShell('web/dist', webReady),
    metrics: observability.metrics.text,
    onWebhookRefused: observability.metrics.countWebhookRefusal,
    onServerError() {
      observability.metrics.countServerError();
      errorSpike.record();
    },
  };
  serveHttp(server, http);
  const jobs = startJobs({ context, queue, onRun: observability.metrics.countJobRun });
  void alertStartup(services.alerts, { version, address: config.baseUrl });
  return {
    reportUnhandled: async (error) => {
      await alertUnhandledException(services.alerts, error);
      await services.close(alertDeadlineMs);
    },
    async close(reason) {
      void alertShutdown(services.alerts, reason);
      changeFeed.end();
      await server.close(requestGraceMs);
      await subscription.stop();
      await jobs.stop();
      await services.close(alertDeadlineMs);
      await observability.close();
    },
  };
}
