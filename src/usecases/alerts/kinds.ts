import type { KycStatus } from '#domain/kyc/verdict.ts';
import { conditionKinds, overKinds } from './condition-kinds.ts';
import { counted, kind, type AlertKind } from './kind.ts';

/** Every alert that Drop sends to its operators. Each has a page in `docs/runbook/`. */
export const alertKinds = {
  started: kind<{ version: string; address: string }>({
    severity: 'info',
    title: 'Drop started',
    message: ({ version, address }) => `Drop ${version} has started at ${address}`,
    action: () => 'Nothing to do if it was expected.',
  }),
  shutting_down: kind<{ signal: string }>({
    severity: 'info',
    title: 'Drop is shutting down',
    message: ({ signal }) => `Received ${signal}`,
    action: () => 'Nothing to do if another process runs or the start follows.',
  }),
  start_failed: kind<{ reason: string }>({
    severity: 'critical',
    title: 'Drop could not start',
    message: ({ reason }) => reason,
    action: () => 'See what is wrong: "npx drop doctor". Roll back if a deploy came before.',
  }),
  unhandled_exception: kind<{ error: string }>({
    severity: 'critical',
    title: 'Unhandled exception',
    message: ({ error }) => error,
    action: () =>
      'The process ends. Its stack: "npx drop errors list --since 1h", then "npx drop errors show <id>". ' +
      'Roll back if a deploy came before.',
  }),
  error_logged: kind<LoggedGroup>({
    severity: 'warning',
    title: 'A new error was logged',
    message: ({ id, news, title, error, place, release }) =>
      `${news === 'returned' ? 'It has returned: ' : ''}${title} (${error}${place === '' ? '' : `, ${place}`}), ` +
      `Drop ${release}, group ${id}`,
    action: ({ id }) => `See it in full: "npx drop errors show ${id}".`,
  }),
  error_spike: kind<CountedErrors>({
    severity: 'critical',
    title: 'Error spike detected',
    message: (counted) =>
      `${counted.errors} errors in the last ${counted.seconds} seconds${details(counted)}`,
    action: () => 'See the causes: "npx drop errors list --since 15m"; what else fails: "npx drop status".',
  }),
  error_spike_over: kind<CountedErrors & { goesOn?: readonly OpenAlertName[] }>({
    severity: 'info',
    title: 'Error spike is over',
    message: ({ goesOn = [], ...counted }) =>
      `${counted.errors} errors in ${duration(counted.seconds)}${details(counted)}${takenIn(goesOn)}`,
    action: () => 'Nothing to do if the cause is known.',
  }),
  customer_rejected: kind<{ userId: string }>({
    severity: 'critical',
    title: 'A verified customer may no longer pay',
    message: ({ userId }) => approvalLost(userId, 'rejected'),
    action: ({ userId }) =>
      `${readVerdict({ userId })} Pass the case to the person responsible for anti-money-laundering today.`,
  }),
  approval_lost: kind<{ userId: string; status: KycStatus }>({
    severity: 'warning',
    title: 'A verified customer may no longer pay',
    message: ({ userId, status }) => approvalLost(userId, status),
    action: readVerdict,
  }),
  verification_level_changed: kind<{ customers: number; levelName: string }>({
    severity: 'warning',
    title: 'A verified customer may no longer pay',
    message: ({ customers, levelName }) =>
      `${counted(customers, 'customer')} verified at another level than ${levelName}, which is required now.`,
    action: () =>
      'If SUMSUB_LEVEL_NAME was changed by mistake, set it back and restart. Otherwise they verify again.',
  }),
  national_number_changed: kind<{ userId: string }>({
    severity: 'warning',
    title: 'A person came back under another national identity number',
    message: ({ userId }) => `User ${userId} has the same subject at BankID as before.`,
    action: () => 'Ask the person responsible for anti-money-laundering whether to verify again.',
  }),
  routing_stopped: kind<{ provider: string; fault: string }>({
    severity: 'critical',
    title: 'No more customers are moved to a provider',
    message: ({ provider, fault }) => `${provider}: ${fault}. New consents are at the provider of before.`,
    action: ({ provider }) =>
      'Find the fault: "npx drop errors list --since 1h". Once it is mended: ' +
      `"npx drop providers resume --to ${provider} --reason mended".`,
  }),
  ...conditionKinds,
  ...overKinds,
} as const satisfies Record<string, AlertKind<never>>;

export type AlertKey = keyof typeof alertKinds;

/** What the alert `Key` says. */
export type AlertParameters<Key extends AlertKey> = Parameters<(typeof alertKinds)[Key]['message']>[0];

/** The kinds that are raised once for a condition, and have a notice when it is over. */
export type ConditionKey = keyof typeof conditionKinds;

interface LoggedGroup {
  id: number;
  news: 'new' | 'returned';
  title: string;
  error: string;
  place: string;
  release: string;
}

interface CountedErrors {
  errors: number;
  seconds: number;
  /** The most frequent ones. */
  causes: readonly {
    code: string;
    provider?: string | undefined;
    bank?: string | undefined;
    errors: number;
  }[];
  /** The number of customers concerned, at least. */
  customers: number;
}

/** Codes with their providers, and how many customers are concerned. */
function details({ causes, customers }: CountedErrors): string {
  const shown = causes.map(({ code, provider, bank, errors }) => {
    const where = [provider, bank].filter((name) => name !== undefined).join(', ');
    return `${errors} × ${code}${where === '' ? '' : ` (${where})`}`;
  });
  const concerned = customers === 0 ? [] : [`customers concerned: at least ${customers}`];
  return [shown.join(', '), ...concerned]
    .filter((part) => part !== '')
    .map((part) => `. ${part}`)
    .join('');
}

/** An alert about a condition that goes on. */
interface OpenAlertName {
  key: ConditionKey;
  subject: string;
}

/** Errors that an open alert counts from now on. */
function takenIn(alerts: readonly OpenAlertName[]): string {
  const names = alerts.map(({ key, subject }) => `"${conditionKinds[key].title}" (${subject})`);
  return names.length === 0
    ? ''
    : `. More of them go on, and are counted by ${[...new Set(names)].join(', ')}`;
}

function duration(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

function approvalLost(userId: string, status: KycStatus): string {
  return `User ${userId} was approved and is now ${status}.`;
}

function readVerdict({ userId }: { userId: string }): string {
  return `Read the history: "npx drop kyc show ${userId} --reason alert". Do not tell the customer the reason.`;
}
