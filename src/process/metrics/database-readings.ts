import type { Clock } from '#domain/clock.ts';
import { jobDepths, type JobDepth } from '#jobs/pg-boss/depths.ts';
import { endingConsents, type EndingConsents } from '#store/ending-consents.ts';
import type { Queries, Store } from '#store/database.ts';
import { unresolvedPayments } from '#store/due-payments.ts';
import { countOpenAlerts } from '#store/open-alerts.ts';
import { outboxState } from '#store/outbox/search.ts';
import { inboxState, listRuns, type InboxState } from '#store/system-state.ts';
import type { Log } from '#usecases/context.ts';
import { createBackgroundReading, type BackgroundReading } from './readings.ts';

/** What the gauges show of the database. Times are kept, so that ages are those of the moment of the request. */
export interface StateReading {
  payments: Awaited<ReturnType<typeof unresolvedPayments>>;
  messages: Awaited<ReturnType<typeof outboxState>>;
  alerts: Awaited<ReturnType<typeof countOpenAlerts>>;
  webhooks: InboxState;
  jobs: readonly JobDepth[];
  runs: Awaited<ReturnType<typeof listRuns>>;
}

/** The readings of one process. */
export interface DatabaseReadings {
  state: BackgroundReading<StateReading>;
  consents: BackgroundReading<readonly EndingConsents[]>;
  /** The time up to which ages count. */
  now(): Date;
}

/** As often as Prometheus usually asks. */
const stateEveryMs = 15_000;
const stateShownMsMax = 60_000;
/** Counts a sixth of all consents, which change slowly. */
const consentsEveryMs = 600_000;
const consentsShownMsMax = 3_600_000;
const deadWebhooksMs = 30 * 86_400_000;

/**
 * The readings behind the gauges of the database: one set of queries for all gauges, in one transaction, so that it
 * takes one of the connections that customers share and costs one transaction.
 */
export function createDatabaseReadings(parts: {
  store: Store;
  clock: Clock;
  log: Log;
  /** The ids of the providers of banks; each has a value, also without a consent. */
  providers?: readonly string[];
}): DatabaseReadings {
  const { store, clock, log, providers = [] } = parts;
  const onFailure = (error: unknown): void =>
    log('warn', 'the gauges of the database were not read', { error });
  return {
    now: () => clock.now(),
    state: createBackgroundReading({
      clock,
      read: () => store.database.transaction().execute((queries) => readState(queries, clock.now())),
      everyMs: stateEveryMs,
      shownMsMax: stateShownMsMax,
      onFailure,
    }),
    consents: createBackgroundReading({
      clock,
      read: async () => withZeros(providers, await endingConsents(store.database, clock.now())),
      everyMs: consentsEveryMs,
      shownMsMax: consentsShownMsMax,
      onFailure,
    }),
  };
}

/** A series that is absent looks like one that is not measured. */
function withZeros(providers: readonly string[], ending: readonly EndingConsents[]): EndingConsents[] {
  const missing = providers.filter((id) => ending.every(({ provider }) => provider !== id));
  return [...ending, ...missing.map((provider) => ({ provider, within7Days: 0, within30Days: 0 }))];
}

async function readState(queries: Queries, now: Date): Promise<StateReading> {
  return {
    payments: await unresolvedPayments(queries),
    messages: await outboxState(queries),
    alerts: await countOpenAlerts(queries),
    webhooks: await inboxState(queries, new Date(now.getTime() - deadWebhooksMs)),
    jobs: await jobDepths(queries),
    runs: await listRuns(queries),
  };
}
