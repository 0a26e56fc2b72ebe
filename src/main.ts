import { systemClock } from '#domain/clock.ts';
import { createApp } from '#http/app.ts';
import { createChangeFeed } from '#http/change-feed.ts';
import { createHealth } from '#http/health.ts';
import { createWebShell } from '#http/web-shell.ts';
import type { HttpServer } from '#inbound/listen.ts';
import { startInboxWorker } from '#inbound/worker.ts';
import { initializeServices } from '#services/index.ts';
import { databaseAnswers } from '#store/database.ts';
import { listen as listenToDatabase } from '#store/listener.ts';
import { migrate } from '#store/migrate.ts';
import type { OwnDatabase } from '#store/own-database.ts';
import { alertShutdown, alertStartup, alertUnhandledException } from '#usecases/alert.ts';
import type { Log } from '#usecases/context.ts';
import { createErrorSpikeDetector } from '#usecases/error-spike.ts';
import type { Config } from './config.ts';
import { startJobs } from './jobs.ts';
import { createMetrics } from './metrics.ts';
import type { Stoppable } from './signals.ts';
import { version } from './configuration/version.ts';
import { connectWebhooks, createContext } from './wiring.ts';

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
export async function startDrop({ config, log, database, server, webReady }: DropParts): Promise<Stoppable> {
  const clock = systemClock;
  const { store } = database;
  await migrate(store.pool);
  const metrics = createMetrics();
  const services = await initializeServices({
    config,
    log: (message, details) => log('warn', message, details),
    onAttempt: metrics.observeAttempt,
  });
  const context = createContext({ config, services, store, clock, log });
  const webhookSources = connectWebhooks(context);
  const onError = (message: string, details: Record<string, unknown>): void => log('error', message, details);
  const worker = startInboxWorker({ database: store.database, clock, sources: webhookSources, onError });
  const changeFeed = createChangeFeed();
  const { wake } = worker;
  const listener = listenToDatabase(store.url, clock, {
    onChange: changeFeed.publish,
    onWebhook: wake,
    onConnected: wake,
  });
  const errorSpike = createErrorSpikeDetector({ clock, alerts: services.alerts });
  const probes = { version, databaseAnswers: () => databaseAnswers(store.pool), breakers: services.breakers };
  const app = createApp({
    context,
    config,
    webhookSources,
    changeFeed,
    health: createHealth(probes, clock),
    webShell: createWebShell('web/dist', webReady),
    metrics: metrics.text,
    onServerError() {
      metrics.countServerError();
      errorSpike.record();
    },
  });
  server.handle(app.fetch);
  const jobs = startJobs(context);
  jobs.catch((error: unknown) => log('error', 'scheduled work did not start', { error }));
  void alertStartup(services.alerts, { version, address: config.baseUrl });
  return {
    reportUnhandled: async (error) => {
      await alertUnhandledException(services.alerts, error);
      await services.close(alertDeadlineMs);
    },
    async close(reason) {
      void alertShutdown(services.alerts, reason);
      await server.close(requestGraceMs);
      await worker.stop();
      await (await jobs.catch(() => undefined))?.stop();
      await services.close(alertDeadlineMs);
      await listener.close();
      await database.close();
    },
  };
}
