import type * as prometheusModule from 'prom-client';
import type { OutboundSnapshot } from '#outbound/outbound.ts';
import type { MetricSources, UndeliveredMessages, OpenAlerts, UnresolvedPayments } from './metrics.ts';

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

/** Gauges that are read from the database, one value for each of its rows. */
interface RowGauges<Row> {
  label: string;
  labelOf(row: Row): string;
  gauges: Record<string, { help: string; read: (row: Row) => number }>;
}

/** Payments that are not over, or that their bank contradicts. */
const paymentGauges: RowGauges<UnresolvedPayments> = {
  label: 'status',
  labelOf: ({ status }) => status,
  gauges: {
    drop_unresolved_payments: {
      help: 'Payments whose end is not known, by status',
      read: ({ count }) => count,
    },
    drop_oldest_unresolved_payment_seconds: {
      help: 'Age of the oldest payment whose end is not known, by status',
      read: ({ oldestAgeSeconds }) => oldestAgeSeconds,
    },
  },
};

/** Messages that are not delivered. */
const outboxGauges: RowGauges<UndeliveredMessages> = {
  label: 'channel',
  labelOf: ({ channel }) => channel,
  gauges: {
    drop_outbox_waiting: {
      help: 'Messages that wait to be delivered, by channel',
      read: ({ waiting }) => waiting,
    },
    drop_outbox_oldest_waiting_seconds: {
      help: 'Age of the oldest message that waits to be delivered, by channel',
      read: ({ oldestAgeSeconds }) => oldestAgeSeconds,
    },
    drop_outbox_dead: { help: 'Messages that were given up, by channel', read: ({ dead }) => dead },
  },
};

const alertGauges: RowGauges<OpenAlerts> = {
  label: 'alert',
  labelOf: ({ key }) => key,
  gauges: {
    drop_open_alerts: {
      help: 'Conditions that operators were alerted to and that are not over, by alert',
      read: ({ count }) => count,
    },
  },
};

/** When the database does not answer, these gauges are empty; the other metrics still show. */
function addRowGauges<Row>(
  prometheus: Prometheus,
  registry: prometheusModule.Registry,
  { label, labelOf, gauges }: RowGauges<Row>,
  rows: () => Promise<Row[]>,
): void {
  for (const [name, { help, read }] of Object.entries(gauges)) {
    new prometheus.Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      async collect() {
        this.reset();
        for (const row of await rows().catch(() => [])) this.set({ [label]: labelOf(row) }, read(row));
      },
    });
  }
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
  addRowGauges(prometheus, registry, paymentGauges, sources.unresolvedPayments);
  const { undeliveredMessages, openAlerts } = sources;
  if (undeliveredMessages) addRowGauges(prometheus, registry, outboxGauges, undeliveredMessages);
  if (openAlerts) addRowGauges(prometheus, registry, alertGauges, openAlerts);
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
