import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { untraced } from '#domain/tracing.ts';
import { createChangeFeed } from '#http/change-feed.ts';
import { createProductionQueue } from '#jobs/production.ts';
import { startJobs } from '#jobs/start.ts';
import { initializeServices } from '#services/index.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { errorText } from '#usecases/alerts/error-text.ts';
import { OutageMemory } from '#usecases/alerts/outage-memory.ts';
import { raise } from '#usecases/alerts/raise.ts';
import { createErrorTracker } from '#usecases/errors/track.ts';
import { version } from '#configuration/version.ts';
import { alertStart, startAlerting } from './alerting.ts';
import { checkCertificates } from './certificates.ts';
import { reportDroppedAnnouncements } from './dropped-announcements.ts';
import type { DropParts, RunningDrop } from './drop-parts.ts';
import { identifiedLog } from './identified-log.ts';
import { createObservability } from './observability.ts';
import { prepareDatabase } from './prepare-database.ts';
import { startPresence } from './presence.ts';
import { followRotations } from './secret-rotation.ts';
import { serveHttp } from './serve-http.ts';
import { trackedLog } from './tracked-log.ts';
import { connectWebhooks, createContext, subscribeToChanges } from './wiring.ts';

const requestGraceMs = 3_000;
const alertDeadlineMs = 3_000;
/** Each for the outbox and for what is sent from memory; both end before the process does (`crash.ts`). */
const crashDeadlineMs = 1_500;

/** Puts Drop together: configuration → services → HTTP → workers. Serves when it resolves. */
export async function startDrop(parts: DropParts): Promise<RunningDrop> {
  const { config, database, webReady, clock = systemClock, providers = openBankingProviders } = parts;
  const outageMemory = new OutageMemory();
  const errors = createErrorTracker(clock, version, outageMemory);
  let tracing = untraced;
  const log = identifiedLog(trackedLog(parts.log, errors.record), () => tracing);
  const edge = { clock, entropy: systemEntropy, config, log, store: database.store };
  await checkCertificates({ ...edge, providers });
  await prepareDatabase({ ...edge, providers });
  const observability = await createObservability(edge);
  tracing = observability.tracing;
  const services = await initializeServices({ ...edge, providers, ...observability.hooks });
  const queue = parts.queue ?? createProductionQueue({ url: database.store.directUrl, log });
  const context = createContext({
    ...edge,
    services,
    enqueue: queue.enqueue,
    onPaymentMoved: observability.metrics.observePaymentMove,
    tracing,
  });
  const rotation = followRotations(context, config);
  const webhookSources = connectWebhooks(context).map((source) => rotation.around(source));
  const changeFeed = createChangeFeed();
  const { metrics } = observability;
  const alerting = startAlerting(context, { config, onResult: metrics.countAlert, errors, outageMemory });
  const subscription = subscribeToChanges(context, {
    webhookSources,
    breakers: observability.breakers,
    changeFeed,
    alerting,
    outageMemory,
    onWebhookHandled: metrics.observeWebhookHandled,
    onDropped: reportDroppedAnnouncements({ ...edge, count: metrics.countDroppedAnnouncement }),
  });
  observability.watch(services, { ...subscription, webhookSources });
  const { isHearing, work } = subscription;
  const { isStopping, webDirectory = 'web/dist', hasStage = false } = parts;
  const web = { webReady, webDirectory, hasStage };
  const watched = { isHearing, isStopping, work };
  serveHttp(parts, { context, config, webhookSources, changeFeed, metrics, alerting, ...web, ...watched });
  const jobs = startJobs({ context, queue, onRun: metrics.countJobRun });
  alertStart(context, config);
  const presence = startPresence(context);
  return {
    sendAlert: async (alert) => services.alerts.sendAlert(alert).catch(() => undefined),
    reportUnhandled: async (error) => {
      context.log('error', 'an exception was not handled', { alert: 'unhandled_exception', error });
      const raised = raise(context, 'unhandled_exception', { error: errorText(error) });
      await Promise.all([raised, alerting.writeErrors()]);
      await alerting.deliver(crashDeadlineMs);
      await services.close(crashDeadlineMs);
    },
    async close(reason) {
      rotation.stop();
      const raised = raise(context, 'shutting_down', { signal: reason });
      changeFeed.end();
      await parts.server.close(requestGraceMs);
      await subscription.stop();
      await jobs.stop();
      await presence.stop();
      await raised;
      await alerting.finish(alertDeadlineMs);
      await services.close(alertDeadlineMs);
      await observability.close();
      await parts.internal?.close();
    },
  };
}
