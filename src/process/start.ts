import { systemClock } from '#domain/clock.ts';
import { createApp } from '#http/app.ts';
import { createChangeFeed } from '#http/change-feed.ts';
import { createHealth } from '#http/health.ts';
import type { HttpDependencies } from '#http/environment.ts';
import { createWebShell } from '#http/web-shell.ts';
import { createWebhookIntake } from '#http/webhooks/intake.ts';
import type { HttpServer } from '#http/listen.ts';
import { startJobs } from '#jobs/start.ts';
import { initializeServices } from '#services/index.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { databaseAnswers } from '#store/database.ts';
import { migrate } from '#store/migrate.ts';
import type { OwnDatabase } from '#store/embedded/own-database.ts';
import { raise } from '#usecases/alerts.ts';
import { alertMissingKeys } from '#usecases/operate/encryption-keys.ts';
import type { Log } from '#usecases/context.ts';
import { createErrorSpikeDetector } from '#usecases/error-spike.ts';
import type { Config } from '#configuration/config.ts';
import { refuseLostProviders } from './lost-providers.ts';
import { createObservability } from './observability.ts';
import { version } from '#configuration/version.ts';
import { connectWebhooks, createContext, subscribeToChanges, inTime } from './wiring.ts';

export interface RunningDrop {
  /** Ends what is in hand and lets go of everything but the database. */
  close(reason: string): Promise<void>;
  /** Tells the operators of an exception that nobody caught; bounded in time. */
  reportUnhandled(error: unknown): Promise<void>;
}

export interface DropParts {
  config: Config;
  log: Log;
  database: OwnDatabase;
  server: HttpServer;
  /** Resolves when the web app is built. */
  webReady?: Promise<unknown>;
  /** The open banking providers that the configuration was read for; all, unless given. */
  providers?: readonly ProviderDefinition[];
}

const requestGraceMs = 3_000;
const alertDeadlineMs = 3_000;

/** Puts Drop together: configuration → services → HTTP → workers. Serves when it resolves. */
export async function startDrop(parts: DropParts): Promise<RunningDrop> {
  const { config, log, database, server, webReady, providers = openBankingProviders } = parts;
  const [clock, { store }] = [systemClock, database];
  await migrate(store.pool);
  await refuseLostProviders({ config, store, clock, providers });
  const observability = await createObservability({ config, store, clock, log });
  const services = await initializeServices({ config, providers, ...observability.hooks });
  observability.watch(services);
  const context = createContext({ config, services, store, clock, log, tracing: observability.tracing });
  const webhookSources = connectWebhooks(context);
  const changeFeed = createChangeFeed();
  const following = subscribeToChanges(context, {
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
  server.handle(inTime(createApp(http).fetch, clock), inTime(createWebhookIntake(http), clock));
  const jobs = startJobs({ context, onRun: observability.metrics.countJobRun });
  void raise(services.alerts, 'started', { version, address: config.baseUrl });
  void alertMissingKeys(context);
  return {
    reportUnhandled: async (error) => {
      await raise(services.alerts, 'unhandled_exception', { error });
      await services.close(alertDeadlineMs);
    },
    async close(reason) {
      void raise(services.alerts, 'shutting_down', { signal: reason });
      changeFeed.end();
      await server.close(requestGraceMs);
      await jobs.stop();
      await following.stop();
      await services.close(alertDeadlineMs);
      await observability.close();
    },
  };
}
