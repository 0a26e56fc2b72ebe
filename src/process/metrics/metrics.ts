import type { OddItems } from '#domain/odd-items.ts';
import type { AnsweredRequest } from '#http/log-requests.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import type { PaymentMove } from '#usecases/context.ts';
import { addGauges } from './gauges.ts';
import { beginAtZero } from './begin-at-zero.ts';
import { createInstruments, type Instruments } from './instruments.ts';
import { constantSeries, seriesOf, type KnownLabels, type SeriesByInstrument } from './known-series.ts';
import { observeAttempt, observeMove, observeRequest } from './observe.ts';
import type { MetricSources } from './sources.ts';

export interface Metrics {
  /**
   * Shows the series that these labels will have at 0. Once for each list of `known`, before anything is measured with
   * its labels.
   */
  expect(known: Partial<KnownLabels>): void;
  observeAttempt(attempt: OutboundAttempt): void;
  observeRequest(request: AnsweredRequest): void;
  observePaymentMove(move: PaymentMove): void;
  observeWebhookHandled(provider: string, durationMs: number): void;
  countServerError(): void;
  /** `result` is `slack`, `mail`, `log` or `failed`. */
  countAlert(result: string): void;
  countWebhookRefusal(provider: string, reason: string): void;
  /** `outcome` is `done`, `failed` or `interrupted`. */
  countJobRun(job: string, outcome: string): void;
  countOddItems(odd: OddItems): void;
  countDroppedAnnouncement(channel: string, reason: string): void;
  /** Prometheus' text format. */
  text(): Promise<string>;
  /** The registry behind `text`, for the export of the same values in another format. */
  registry(): Promise<Instruments['registry']>;
}

/** The library is loaded with the first thing that is measured, so that Drop serves before it. */
export function createMetrics(sources: MetricSources): Metrics {
  let loading: Promise<Instruments> | undefined;
  let loaded: Instruments | undefined;
  const expected: SeriesByInstrument[] = [];
  const instruments = (): Promise<Instruments> =>
    (loading ??= load(sources).then((made) => {
      for (const series of [constantSeries, ...expected]) beginAtZero(made, series);
      return (loaded = made);
    }));
  // A measurement that fails is lost; it must not end the process.
  const measure = (act: (instruments: Instruments) => void): void => {
    if (loaded === undefined)
      return void instruments()
        .then(act)
        .catch(() => undefined);
    try {
      act(loaded);
    } catch {
      return;
    }
  };
  return {
    expect(known) {
      const series = seriesOf(known);
      if (loaded) beginAtZero(loaded, series);
      else expected.push(series);
    },
    observeAttempt: (attempt) => measure((to) => observeAttempt(to, attempt)),
    observeRequest: (request) => measure((to) => observeRequest(to, request)),
    observePaymentMove: (move) => measure((to) => observeMove(to, move)),
    observeWebhookHandled: (provider, durationMs) =>
      measure(({ webhooks }) => webhooks.observe({ provider }, durationMs / 1_000)),
    countAlert: (result) => measure(({ alerts }) => alerts.inc({ result })),
    countServerError: () => measure(({ serverErrors }) => serverErrors.inc()),
    countWebhookRefusal: (provider, reason) =>
      measure(({ webhookRefusals }) => webhookRefusals.inc({ provider, reason })),
    countJobRun: (job, outcome) => measure(({ jobRuns }) => jobRuns.inc({ job_name: job, outcome })),
    countOddItems: ({ provider, operation, count }) =>
      measure(({ oddItems }) => oddItems.inc({ provider, operation }, count)),
    countDroppedAnnouncement: (channel, reason) =>
      measure(({ droppedAnnouncements }) => droppedAnnouncements.inc({ channel, reason })),
    text: async () => (await instruments()).registry.metrics(),
    registry: async () => (await instruments()).registry,
  };
}

async function load(sources: MetricSources): Promise<Instruments> {
  const prometheus = await import('prom-client');
  const registry = new prometheus.Registry();
  addGauges(prometheus, registry, sources);
  prometheus.collectDefaultMetrics({ register: registry });
  return createInstruments(prometheus, registry, () => sources.outbounds().map(({ provider }) => provider));
}
