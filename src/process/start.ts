import { systemClock, type Clock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { createChangeFeed } from '#http/change-feed.ts';
import type { HttpServer } from '#http/listen.ts';
import { createProductionQueue } from '#jobs/production.ts';
import { startJobs } from '#jobs/start.ts';
import { initializeServices } from '#services/index.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import type { OwnDatabase } from '#store/embedded/own-database.ts';
import { errorText } from '#usecases/alerts/error-text.ts';
import { raise } from '#usecases/alerts/raise.ts';
import type { Log } from '#usecases/context.ts';
import type { Config } from '#configuration/config.ts';
import { alertStart, startAlerting } from './alerting.ts';
import { checkCertificates } from './certificates.ts';
import { reportDroppedAnnouncements } from './dropped-announcements.ts';
import { createObservability } from './observability.ts';
import { prepareDatabase } from './prepare-database.ts';
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
  /** The system's, unless given. */
  clock?: Clock;
  /** Serves metrics and the full health; without it nothing does. */
  internal?: HttpServer;
  /** Resolves when the web app is built. */
  webReady?: Promise<unknown>;
  /** The open banking providers that the configuration was read for; all, unless given. */
  providers?: readonly ProviderDefinition[];
}

const requestGraceMs = 3_000;
const alertDeadlineMs = 3_000;
/** Each for the outbox and for what is sent from memory; both end before the process does (`crash.ts`). */
const crashDeadlineMs = 1_500;

/** Puts Drop together: configuration → services → HTTP → workers. Serves when it resolves. */
export async function startDrop(parts: DropParts): Promise<RunningDrop> {
  const { config, log, database, webReady, clock = systemClock, providers = openBankingProviders } = parts;
  const edge = { clock, entropy: systemEntropy, config, log, store: database.store };
  await checkCertificates({ ...edge, providers });
  await prepareDatabase({ ...edge, providers });
  const observability = await createObservability(edge);
  const services = await initializeServices({ ...edge, providers, ...observability.hooks });
  const queue = createProductionQueue({ url: database.store.directUrl, log });
  const { metrics, tracing } = observability;
  const context = createContext({ ...edge, services, enqueue: queue.enqueue, tracing });
  const webhookSources = connectWebhooks(context);
  const changeFeed = createChangeFeed();
  const alerting = startAlerting(context, { config, onResult: metrics.countAlert });
  const subscription = subscribeToChanges(context, {
    webhookSources,
    breakers: observability.breakers,
    changeFeed,
    alerting,
    onDropped: reportDroppedAnnouncements({ ...edge, count: metrics.countDroppedAnnouncement }),
  });
  observability.watch(services, subscription);
  const { isHearing, work } = subscription;
  const http = { context, config, webhookSources, changeFeed, metrics, alerting, webReady, isHearing, work };
  serveHttp(parts, http);
  const jobs = startJobs({ context, queue, onRun: metrics.countJobRun });
  alertStart(context, config);
  return {
    reportUnhandled: async (error) => {
      await raise(context, 'unhandled_exception', { error: errorText(error) });
      await alerting.deliver(crashDeadlineMs);
      await services.close(crashDeadlineMs);
    },
    async close(reason) {
      const raised = raise(context, 'shutting_down', { signal: reason });
      changeFeed.end();
      await parts.server.close(requestGraceMs);
      await subscription.stop();
      await jobs.stop();
      await raised;
      await alerting.finish(alertDeadlineMs);
      await services.close(alertDeadlineMs);
      await observability.close();
      await parts.internal?.close();
    },
  };
}
