import type { Severity } from '#domain/alert-text.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';
import { unresolvedPayments } from '#store/due-payments.ts';
import { outboxState } from '#store/outbox/search.ts';
import { openBreakers } from '#store/provider-breakers.ts';
import { currentRouting } from '#store/routing/changes.ts';
import { listProcesses, type RunningProcess } from '#store/running-processes.ts';
import { inboxState, listOpenAlerts, listRuns } from '#store/system-state.ts';
import { alertKinds } from '../alerts/kinds.ts';
import type { OperatorContext } from './context.ts';

/** A number of things that wait, and since when the oldest one does. */
export interface Waiting {
  name: string;
  waiting: number;
  dead: number;
  oldestAt: Date | null;
}

/** A condition that operators were alerted to and that is not over. */
export interface ShownAlert {
  key: string;
  severity: Severity;
  title: string;
  subject: string;
  page: string;
  raisedAt: Date;
  /** The errors of customers' requests that it has caused. */
  errors: number;
}

/** The state of all of Drop, as its database knows it. */
export interface SystemState {
  processes: (RunningProcess & { isLost: boolean })[];
  alerts: ShownAlert[];
  payments: { status: PaymentStatus; count: number; oldestAt: Date }[];
  queues: Waiting[];
  breakers: { provider: string; scope: string; openMs: number }[];
  /** The one that was done longest ago first. */
  jobs: { job: string; doneAt: Date }[];
  /** 0 while the environment alone decides. */
  policyVersion: number;
}

/** A process reports itself every minute; one that has missed three of these is lost. */
const lostAfterMs = 180_000;
const deadWebhooksMs = 30 * 86_400_000;

/** Reads what an operator wants to know first. */
export async function systemState({ store: { database }, clock }: OperatorContext): Promise<SystemState> {
  const now = clock.now();
  const inbox = await inboxState(database, new Date(now.getTime() - deadWebhooksMs));
  const messages = await outboxState(database);
  return {
    processes: (await listProcesses(database)).map((process) => {
      return { ...process, isLost: now.getTime() - process.seenAt.getTime() > lostAfterMs };
    }),
    alerts: (await listOpenAlerts(database)).map(shownAlert),
    payments: await unresolvedPayments(database),
    queues: [
      { name: 'webhooks', ...inbox },
      ...messages.map(({ channel, ...state }) => ({ name: channel, ...state })),
    ],
    breakers: await openBreakers(database),
    jobs: await listRuns(database),
    policyVersion: (await currentRouting(database)).version,
  };
}

type OpenAlert = Awaited<ReturnType<typeof listOpenAlerts>>[number];

/** Another version of Drop may have raised an alert that this one does not know. */
function shownAlert({ key, subject, raisedAt, errors }: OpenAlert): ShownAlert {
  const known = Object.entries(alertKinds).find(([name]) => name === key)?.[1];
  const { severity = 'critical', title = key, page = 'README.md' } = known ?? {};
  return { key, severity, title, subject, page: `docs/runbook/${page}`, raisedAt, errors };
}

/** What is wrong, in words; empty where nothing is. */
export function faultsOf({ processes, alerts, queues }: SystemState): string[] {
  const isServed = processes.some(({ isLost }) => !isLost);
  return [
    ...(isServed ? [] : ['no process of Drop has reported itself in the last three minutes']),
    ...alerts.filter(({ severity }) => severity === 'critical').map(({ title }) => `alert: ${title}`),
    ...queues.filter(({ dead }) => dead > 0).map(({ name, dead }) => `${dead} given up: ${name}`),
  ];
}
