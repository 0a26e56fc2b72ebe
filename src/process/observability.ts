import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import { untraced, type Tracing } from '#domain/tracing.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import { allJobs } from '#jobs/table.ts';
import type { ServiceDependencies, Services } from '#services/index.ts';
import type { Store } from '#store/database.ts';
import { recordCalls } from '#store/outbound-calls.ts';
import type { Log } from '#usecases/context.ts';
import type { Config } from '#configuration/config.ts';
import { createCallRecorder } from './recording/call-recorder.ts';
import { createDatabaseReadings } from './metrics/database-readings.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import type { ChangeSubscription } from './wiring.ts';
import { startMetricsExportOf, startTraces } from './collector.ts';
import { createBreakerSync, type BreakerSync } from './breaker-sync.ts';

export interface ObservabilityParts {
  config: Config;
  store: Store;
  clock: Clock;
  entropy: Entropy;
  log: Log;
}

const closeMsMax = 3_000;

/** Metrics, the record of calls for the operator, and traces. */
export interface Observability {
  metrics: Metrics;
  /** Called by the services. */
  hooks: Pick<ServiceDependencies, 'log' | 'onAttempt' | 'onBreaker' | 'onOddItems' | 'tracing'>;
  breakers: BreakerSync;
  tracing: Tracing;
  /**
   * Sets what the metrics show: guards, sources of webhooks, hearing of announcements. And who is told of open
   * breakers.
   */
  watch(
    services: Pick<Services, 'outbounds'>,
    watched: Pick<ChangeSubscription, 'isHearing' | 'onBreakerOpen'> & {
      webhookSources: readonly Pick<WebhookSource, 'provider'>[];
    },
  ): void;
  /** Writes the calls and spans that are still in memory, for at most three seconds. */
  close(): Promise<void>;
}

export async function createObservability(edge: ObservabilityParts): Promise<Observability> {
  const { store, clock, entropy, log } = edge;
  const traces = await startTraces(edge);
  let outbounds: Services['outbounds'] = () => [];
  let isHearing = (): boolean => true;
  let onBreakerOpen: ChangeSubscription['onBreakerOpen'] = () => undefined;
  const recorder = createCallRecorder({
    clock,
    write: (calls) => recordCalls(store.database, calls, { at: clock.now(), salt: entropy.token() }),
    onFailure: (error, dropped) => log('warn', 'calls to providers were not recorded', { dropped, error }),
  });
  const providers = edge.config.openBanking.providers.map(({ id }) => id);
  const readings = createDatabaseReadings({ ...edge, providers });
  const metrics = createMetrics({
    outbounds: () => outbounds().map((outbound) => outbound.snapshot()),
    isHearing: () => isHearing(),
    droppedCalls: () => recorder.dropped,
    readings,
  });
  const metricsExport = await startMetricsExportOf(edge, metrics.registry);
  const breakers = createBreakerSync({
    ...edge,
    outbounds: () => outbounds(),
    onOpen: (opened) => onBreakerOpen(opened),
  });
  return {
    metrics,
    breakers,
    tracing: traces ?? untraced,
    hooks: {
      log: (message, details) => log('warn', message, details),
      tracing: traces?.calls,
      onBreaker: breakers.publish,
      onOddItems: metrics.countOddItems,
      onAttempt(attempt, recorded) {
        metrics.observeAttempt(attempt);
        if (attempt.refusedBy === undefined) recorder.record(attempt, recorded);
      },
    },
    watch(services, watched) {
      outbounds = services.outbounds;
      isHearing = watched.isHearing;
      onBreakerOpen = watched.onBreakerOpen;
      metrics.expect({
        webhookProviders: watched.webhookSources.map(({ provider }) => provider),
        jobs: Object.keys(allJobs),
      });
      readings.state.start();
      readings.consents.start();
    },
    async close() {
      readings.state.stop();
      readings.consents.stop();
      const { promise: late, resolve } = Promise.withResolvers<undefined>();
      const limit = clock.schedule(closeMsMax, () => resolve(undefined));
      // A database or a collector that does not answer must not keep the process from ending.
      const sent = [traces?.close(), metricsExport?.close()].map((closing) =>
        closing?.catch(() => undefined),
      );
      const written = Promise.all([recorder.flush(), ...sent]);
      await Promise.race([written, late]);
      limit.cancel();
    },
  };
}
