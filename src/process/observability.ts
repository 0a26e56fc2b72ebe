import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import { untraced, type Tracing } from '#domain/tracing.ts';
import { createCallRecorder } from '#outbound/call-recorder.ts';
import type { ServiceDependencies, Services } from '#services/index.ts';
import type { Store } from '#store/database.ts';
import { unresolvedPayments } from '#store/due-payments.ts';
import { countOpenAlerts } from '#store/open-alerts.ts';
import { recordCalls } from '#store/outbound-calls.ts';
import { outboxState } from '#store/outbox/search.ts';
import type { Log } from '#usecases/context.ts';
import type { Traces } from '#telemetry/traces.ts';
import type { Config } from '#configuration/config.ts';
import { readOtlpHeaders } from '#configuration/otlp-headers.ts';
import { version } from '#configuration/version.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import type { ChangeSubscription } from './wiring.ts';
import { createBreakerSync, type BreakerSync } from './breaker-sync.ts';

export interface ObservabilityParts {
  config: Config;
  store: Store;
  clock: Clock;
  entropy: Entropy;
  log: Log;
}

const closeMsMax = 3_000;
/** Prometheus gives up a scrape after ten seconds, and with it the metrics that need no database. */
const readMsMax = 3_000;

/** Metrics, the record of calls for the operator, and traces. */
export interface Observability {
  metrics: Metrics;
  /** Called by the services. */
  hooks: Pick<ServiceDependencies, 'log' | 'onAttempt' | 'onBreaker' | 'onOddItems' | 'tracing'>;
  breakers: BreakerSync;
  tracing: Tracing;
  /** Sets whose guards, and whose hearing of announcements, the metrics show, and who is told of open breakers. */
  watch(
    services: Pick<Services, 'outbounds'>,
    subscription: Pick<ChangeSubscription, 'isHearing' | 'onBreakerOpen'>,
  ): void;
  /** Writes the calls and spans that are still in memory, for at most three seconds. */
  close(): Promise<void>;
}

export async function createObservability(edge: ObservabilityParts): Promise<Observability> {
  const { config, store, clock, entropy, log } = edge;
  const traces = await startTraces(config);
  let outbounds: Services['outbounds'] = () => [];
  let isHearing = (): boolean => true;
  let onBreakerOpen: ChangeSubscription['onBreakerOpen'] = () => undefined;
  const recorder = createCallRecorder({
    clock,
    write: (calls) => recordCalls(store.database, calls, { at: clock.now(), salt: entropy.token() }),
    onFailure: (error, dropped) => log('warn', 'calls to providers were not recorded', { dropped, error }),
  });
  const metrics = createMetrics({
    outbounds: () => outbounds().map((outbound) => outbound.snapshot()),
    isHearing: () => isHearing(),
    openAlerts: () => inTime(clock, countOpenAlerts(store.database)),
    droppedCalls: () => recorder.dropped,
    async unresolvedPayments() {
      const nowMs = clock.now().getTime();
      const found = await inTime(clock, unresolvedPayments(store.database));
      return found.map(({ status, count, oldestAt }) => {
        return { status, count, oldestAgeSeconds: (nowMs - oldestAt.getTime()) / 1000 };
      });
    },
    async undeliveredMessages() {
      const nowMs = clock.now().getTime();
      const found = await inTime(clock, outboxState(store.database));
      return found.map(({ oldestAt, ...state }) => {
        return { ...state, oldestAgeSeconds: oldestAt === null ? 0 : (nowMs - oldestAt.getTime()) / 1000 };
      });
    },
  });
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
    watch(services, subscription) {
      outbounds = services.outbounds;
      isHearing = subscription.isHearing;
      onBreakerOpen = subscription.onBreakerOpen;
    },
    async close() {
      const { promise: late, resolve } = Promise.withResolvers<undefined>();
      const limit = clock.schedule(closeMsMax, () => resolve(undefined));
      // A database or a collector that does not answer must not keep the process from ending.
      const written = Promise.all([recorder.flush(), traces?.close().catch(() => undefined)]);
      await Promise.race([written, late]);
      limit.cancel();
    },
  };
}

/** The SDK is loaded only where there is a collector: without one it would cost every start. */
async function startTraces(config: Config): Promise<Traces | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: serviceName } = config;
  if (endpoint === undefined) return undefined;
  const { createExportedTraces } = await import('#telemetry/export.ts');
  const given = config.OTEL_EXPORTER_OTLP_HEADERS?.reveal();
  const headers = given === undefined ? {} : (readOtlpHeaders(given) ?? {});
  return createExportedTraces({ endpoint, headers, serviceName, version });
}

/** The result of `reading`, or nothing when it is not there within three seconds. */
async function inTime<Item>(clock: Clock, reading: Promise<Item[]>): Promise<Item[]> {
  const { promise: late, resolve } = Promise.withResolvers<Item[]>();
  const limit = clock.schedule(readMsMax, () => resolve([]));
  return Promise.race([reading, late]).finally(() => limit.cancel());
}
