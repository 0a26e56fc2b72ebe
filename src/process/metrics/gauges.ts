import type * as prometheusModule from 'prom-client';
import { version } from '#configuration/version.ts';
import type { OutboundSnapshot } from '#outbound/outbound.ts';
import { consentGauges, stateGauges, type ReadingGauge } from './database-gauges.ts';
import type { BackgroundReading } from './readings.ts';
import type { MetricSources } from './sources.ts';

type Prometheus = typeof prometheusModule;

const breakerNumbers = { closed: 0, half_open: 1, open: 2 } as const;

/** The gauges of a guard: name → its meaning and how it is read. */
const outboundGauges: Record<string, { help: string; read: (snapshot: OutboundSnapshot) => number }> = {
  drop_outbound_breaker_state: {
    help: 'Breaker of a provider: 0 closed, 1 half open, 2 open',
    read: ({ breaker }) => breakerNumbers[breaker],
  },
  drop_outbound_open_scopes: {
    help: 'Parts of a provider, such as banks, whose breakers are not closed',
    read: ({ scopes }) => Object.keys(scopes).length,
  },
  drop_outbound_active_calls: { help: 'Calls under way', read: ({ active }) => active },
  drop_outbound_waiting_calls: { help: 'Calls that wait for their turn', read: ({ waiting }) => waiting },
  drop_outbound_full_scopes: {
    help: 'Parts of a provider, such as banks, that have all the places that one part may have',
    read: ({ fullScopes }) => fullScopes.length,
  },
  drop_outbound_retry_tokens: {
    help: 'Repetitions that the budget pays for now',
    read: ({ retryTokens }) => retryTokens,
  },
};

/** Adds gauges to a registry. */
class GaugeAdder {
  readonly #prometheus: Prometheus;
  readonly #registers: prometheusModule.Registry[];

  constructor(prometheus: Prometheus, registry: prometheusModule.Registry) {
    this.#prometheus = prometheus;
    this.#registers = [registry];
  }

  /** A gauge without labels, which has no value while `read` returns none. */
  one(name: string, help: string, read: () => number | undefined): void {
    this.#add({ name, help, labelNames: [] }, (gauge) => {
      const value = read();
      if (value === undefined) gauge.remove();
      else gauge.set(value);
    });
  }

  /** A gauge of 1, which carries `labels`. */
  constant(name: string, help: string, labels: Readonly<Record<string, string>>): void {
    this.#add({ name, help, labelNames: Object.keys(labels) }, (gauge) => gauge.set(labels, 1));
  }

  /** A gauge of each guard. */
  guarded(name: string, help: string, samples: () => { provider: string; value: number }[]): void {
    this.#add({ name, help, labelNames: ['provider'] }, (gauge) => {
      for (const { provider, value } of samples()) gauge.set({ provider }, value);
    });
  }

  /** Gauges of a reading, without values while there is none. */
  ofReading<Value>(
    gauges: Readonly<Record<string, ReadingGauge<Value>>>,
    reading: BackgroundReading<Value>,
    now: () => Date,
  ): void {
    for (const [name, { help, labels, samples }] of Object.entries(gauges)) {
      this.#add({ name, help, labelNames: [...labels] }, (gauge) => {
        gauge.reset();
        // A gauge without labels begins at 0, which would be a value.
        if (labels.length === 0) gauge.remove();
        const value = reading.latest();
        if (value === undefined) return;
        for (const sample of samples(value, now())) gauge.set(sample.labels, sample.value);
      });
    }
  }

  #add(
    definition: { name: string; help: string; labelNames: string[] },
    collect: (gauge: prometheusModule.Gauge) => void,
  ): void {
    new this.#prometheus.Gauge({
      ...definition,
      registers: this.#registers,
      collect() {
        collect(this);
      },
    });
  }
}

/** Adds the gauges, whose values are taken when the metrics are requested. */
export function addGauges(
  prometheus: Prometheus,
  registry: prometheusModule.Registry,
  sources: MetricSources,
): void {
  const adder = new GaugeAdder(prometheus, registry);
  const { readings, isHearing, droppedCalls } = sources;
  if (readings) {
    const { state, consents } = readings;
    adder.ofReading(stateGauges, state, readings.now);
    adder.ofReading(consentGauges, consents, readings.now);
    adder.one(
      'drop_database_reading_age_seconds',
      'Time since the gauges of the database were last read',
      () => state.ageSeconds(),
    );
  }
  adder.constant('drop_build_info', 'The version that this process runs: always 1', { version });
  adder.one('drop_outbound_records_dropped', 'Calls that were not kept for the operator', droppedCalls);
  const heard = 'Whether announcements of other processes arrive: 1 or 0';
  if (isHearing) adder.one('drop_announcements_heard', heard, () => Number(isHearing()));
  for (const [name, { help, read }] of Object.entries(outboundGauges)) {
    adder.guarded(name, help, () =>
      sources.outbounds().map((snapshot) => ({ provider: snapshot.provider, value: read(snapshot) })),
    );
  }
}
