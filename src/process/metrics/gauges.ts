import type * as prometheusModule from 'prom-client';
import type { OutboundSnapshot } from '#outbound/outbound.ts';
import type { MetricSources, UnresolvedPayments } from './metrics.ts';

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

/** The gauges of payments that are not over, or that their bank contradicts. */
const paymentGauges: Record<string, { help: string; read: (payments: UnresolvedPayments) => number }> = {
  drop_unresolved_payments: {
    help: 'Payments whose end is not known, by status',
    read: ({ count }) => count,
  },
  drop_oldest_unresolved_payment_seconds: {
    help: 'Age of the oldest payment whose end is not known, by status',
    read: ({ oldestAgeSeconds }) => oldestAgeSeconds,
  },
};

/** When the database does not answer, the payments' gauges are empty; the other metrics still show. */
function addPaymentGauges(
  prometheus: Prometheus,
  registry: prometheusModule.Registry,
  unresolvedPayments: MetricSources['unresolvedPayments'],
): void {
  for (const [name, { help, read }] of Object.entries(paymentGauges)) {
    new prometheus.Gauge({
      name,
      help,
      labelNames: ['status'],
      registers: [registry],
      async collect() {
        this.reset();
        for (const payments of await unresolvedPayments().catch(() => []))
          this.set({ status: payments.status }, read(payments));
      },
    });
  }
}

/** A kind that has none any more disappears, which is why the gauge is emptied first. */
function addAlertGauge(
  prometheus: Prometheus,
  registry: prometheusModule.Registry,
  openAlerts: NonNullable<MetricSources['openAlerts']>,
): void {
  new prometheus.Gauge({
    name: 'drop_open_alerts',
    help: 'Conditions that operators were alerted to and that are not over, by alert',
    labelNames: ['alert'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { key, count } of await openAlerts().catch(() => [])) this.set({ alert: key }, count);
    },
  });
}

/** Adds the gauges, which are read when the metrics are requested. */
export function addGauges(
  prometheus: Prometheus,
  registry: prometheusModule.Registry,
  sources: MetricSources,
): void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number): void => {
    new prometheus.Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  addPaymentGauges(prometheus, registry, sources.unresolvedPayments);
  if (sources.openAlerts) addAlertGauge(prometheus, registry, sources.openAlerts);
  gauge('process_resident_memory_bytes', 'Resident memory', () => process.memoryUsage.rss());
  gauge('drop_outbound_records_dropped', 'Calls that were not kept for the operator', sources.droppedCalls);
  const { isHearing } = sources;
  const heard = 'Whether announcements of other processes arrive: 1 or 0';
  if (isHearing) gauge('drop_announcements_heard', heard, () => Number(isHearing()));
  for (const [name, { help, read }] of Object.entries(outboundGauges)) {
    new prometheus.Gauge({
      name,
      help,
      labelNames: ['provider'],
      registers,
      collect() {
        for (const snapshot of sources.outbounds()) this.set({ provider: snapshot.provider }, read(snapshot));
      },
    });
  }
}
