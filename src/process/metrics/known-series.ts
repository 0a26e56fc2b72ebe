import type { ErrorCode } from '#domain/errors.ts';
import { evidenceKinds, paymentStatuses, paymentTransitions } from '#domain/payment/status.ts';
import type { RunOutcome } from '#jobs/job.ts';
import type { DroppedAnnouncement } from '#store/announcements.ts';
import { announcedChannels } from '#store/changes.ts';
import type { AlertResult } from '#usecases/alerts/deliver.ts';
import type { Instruments } from './instruments.ts';
import { isOfObjective } from './objective-routes.ts';

/** The labels of series, by the instrument that they are of. */
export type SeriesByInstrument = {
  readonly [Name in keyof Omit<Instruments, 'registry'>]?: readonly Readonly<Record<string, string>>[];
};

/** The values of labels that a process knows from its start. */
export interface KnownLabels {
  /** The providers that webhooks are taken from. */
  webhookProviders: readonly string[];
  jobs: readonly string[];
  /** The routes of the app, by their patterns. */
  routes: readonly { method: string; path: string }[];
}

const outcomes = keysOf<RunOutcome>({ done: true, failed: true, interrupted: true });
const results = keysOf<AlertResult>({ slack: true, mail: true, log: true, failed: true });
const dropReasons = keysOf<DroppedAnnouncement['reason']>({ unreadable: true, failed: true });
/** The codes with which the way in of webhooks refuses; the last two where the keys of a provider cannot be fetched. */
const webhookReasons = [
  'webhook_signature_invalid',
  'webhook_malformed',
  'payload_too_large',
  'database_unavailable',
  'provider_unavailable',
  'provider_timeout',
] as const satisfies readonly ErrorCode[];
const answeredClasses = ['2xx', '3xx', '4xx', '5xx'];

/**
 * The series that every process shows from its start. `rate` and `increase` see the difference between two scrapes. A
 * series that appears with its first event has none, so that this event is in no graph and no alert. Series whose
 * labels nobody knows before are not shown: docs/metrics.md names them.
 */
export const constantSeries: SeriesByInstrument = {
  alerts: results.map((result) => ({ result })),
  droppedAnnouncements: pairs(announcedChannels, dropReasons).map(([channel, reason]) => {
    return { channel, reason };
  }),
  paymentMoves: paymentStatuses.flatMap((from) =>
    pairs(paymentTransitions[from], evidenceKinds).map(([to, evidence]) => ({ from, to, evidence })),
  ),
  settlements: evidenceKinds.map((evidence) => ({ evidence })),
};

/** The series of labels that differ with the configuration. */
export function seriesOf(known: Partial<KnownLabels>): SeriesByInstrument {
  const { webhookProviders = [], jobs = [], routes = [] } = known;
  return {
    webhooks: webhookProviders.map((provider) => ({ provider })),
    webhookRefusals: pairs(webhookProviders, webhookReasons).map(([provider, reason]) => {
      return { provider, reason };
    }),
    jobRuns: pairs(jobs, outcomes).map(([job, outcome]) => ({ job_name: job, outcome })),
    requests: pairs(routes.filter(isOfObjective), answeredClasses).map(([{ method, path }, status]) => {
      return { http_request_method: method, http_route: path, status_class: status };
    }),
  };
}

/** A type's values, of which the compiler sees that none is missing. */
function keysOf<Key extends string>(keys: Record<Key, true>): Key[] {
  return Object.keys(keys) as Key[];
}

function pairs<Left, Right>(
  lefts: readonly Left[],
  rights: readonly Right[],
): (readonly [left: Left, right: Right])[] {
  return lefts.flatMap((left) => rights.map((right) => [left, right] as const));
}
