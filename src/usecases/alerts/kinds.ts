import type { Severity } from '#domain/alert-text.ts';
import type { KycStatus } from '#domain/kyc/verdict.ts';

export interface AlertKind<Parameters> {
  severity: Severity;
  /** The name of the runbook page is the title in lower case, with hyphens. */
  title: string;
  /**
   * Must not hold personal data or secrets. Alerts with the same text within a minute are sent as one with a count: a
   * text without an id is one alert for a cause that concerns many.
   */
  message: (parameters: Parameters) => string;
}

function kind<Parameters>(row: AlertKind<Parameters>): AlertKind<Parameters> {
  return row;
}

/** Every alert that Drop sends to its operators. Each has a page in `docs/runbook/`. */
export const alertKinds = {
  started: kind<{ version: string; address: string }>({
    severity: 'info',
    title: 'Drop started',
    message: ({ version, address }) => `Drop ${version} has started at ${address}`,
  }),
  shutting_down: kind<{ signal: string }>({
    severity: 'info',
    title: 'Drop is shutting down',
    message: ({ signal }) => `Received ${signal}`,
  }),
  start_failed: kind<{ reason: string }>({
    severity: 'critical',
    title: 'Drop could not start',
    message: ({ reason }) => reason,
  }),
  unhandled_exception: kind<{ error: string }>({
    severity: 'critical',
    title: 'Unhandled exception',
    message: ({ error }) => error,
  }),
  error_spike: kind<CountedErrors>({
    severity: 'critical',
    title: 'Error spike detected',
    message: (counted) =>
      `${counted.errors} errors in the last ${counted.seconds} seconds${details(counted)}`,
  }),
  error_spike_over: kind<CountedErrors>({
    severity: 'info',
    title: 'Error spike is over',
    message: (counted) => `${counted.errors} errors in ${duration(counted.seconds)}${details(counted)}`,
  }),
  webhook_given_up: kind<{ provider: string; eventType: string; error: string }>({
    severity: 'critical',
    title: 'A webhook was given up',
    message: ({ provider, eventType, error }) =>
      `${provider} ${eventType}: ${error}. See "npx drop webhooks list --status dead"`,
  }),
  mail_given_up: kind<{ code: string; reason: string }>({
    severity: 'critical',
    title: 'A mail was given up',
    message: ({ code, reason }) => `${code}: ${reason}. The customer sees the message in the app`,
  }),
  mail_server_unusable: kind<{ server: string; reason: string }>({
    severity: 'critical',
    title: 'A mail server refuses Drop',
    message: ({ server, reason }) => `The ${server} server: ${reason}`,
  }),
  customer_rejected: kind<{ userId: string }>({
    severity: 'critical',
    title: 'A verified customer may no longer pay',
    message: ({ userId }) => approvalLost(userId, 'rejected'),
  }),
  approval_lost: kind<{ userId: string; status: KycStatus }>({
    severity: 'warning',
    title: 'A verified customer may no longer pay',
    message: ({ userId, status }) => approvalLost(userId, status),
  }),
  verification_level_changed: kind<{ customers: number; levelName: string }>({
    severity: 'warning',
    title: 'A verified customer may no longer pay',
    message: ({ customers, levelName }) =>
      `${customers} were verified at another level than ${levelName}, which is asked for now.`,
  }),
  applicant_hidden: kind<Record<never, never>>({
    severity: 'critical',
    title: 'Sumsub does not show an applicant',
    message: () => 'An applicant exists and cannot be read, so nothing was changed. The log names the user.',
  }),
  identity_conflict: kind<{ reason: string }>({
    severity: 'critical',
    title: 'BankID contradicts what Drop knows of a person',
    message: ({ reason }) => `The sign-in was refused: ${reason}. See the log.`,
  }),
  national_number_changed: kind<{ userId: string }>({
    severity: 'warning',
    title: 'A person came back under another national identity number',
    message: ({ userId }) => `User ${userId} is the same person by BankID’s own name for them.`,
  }),
  hash_key_missing: kind<{ keyId: string }>({
    severity: 'warning',
    title: 'A hash key of national identity numbers is not configured',
    message: ({ keyId }) =>
      `People are still hashed under the key "${keyId}". Name it in NATIONAL_ID_HASH_FORMER_KEYS.`,
  }),
  encryption_key_missing: kind<{ missing: readonly MissingKey[] }>({
    severity: 'critical',
    title: 'An encryption key is not configured',
    message: ({ missing }) =>
      `Encrypted and not readable: ${missing.map(unreadable).join(', ')}. ${nameTheKey}`,
  }),
  redirect_not_allowed: kind<{ provider: string; paymentId: string }>({
    severity: 'critical',
    title: 'A provider sends customers to an address that is not allowed',
    message: ({ provider, paymentId }) =>
      `${provider}, payment ${paymentId}. The customer was not sent there and cannot approve it.`,
  }),
  another_order: kind<ContradictingReport>({
    severity: 'critical',
    title: 'A bank carries out another order than the one approved',
    message: (report) => contradicted(report),
  }),
  final_status_contradicted: kind<ContradictingReport>({
    severity: 'critical',
    title: 'A final payment is contradicted by its bank',
    message: (report) => contradicted(report),
  }),
} as const satisfies Record<string, AlertKind<never>>;

export type AlertKey = keyof typeof alertKinds;

interface CountedErrors {
  errors: number;
  seconds: number;
  /** The most frequent ones. */
  causes: readonly { code: string; provider?: string | undefined; errors: number }[];
  /** The number of customers concerned, at least. */
  customers: number;
}

/** Codes with their providers, and how many customers are concerned. */
function details({ causes, customers }: CountedErrors): string {
  const shown = causes.map(({ code, provider, errors }) => {
    return `${errors} × ${code}${provider === undefined ? '' : ` (${provider})`}`;
  });
  const concerned = customers === 0 ? [] : [`customers concerned: at least ${customers}`];
  return [shown.join(', '), ...concerned]
    .filter((part) => part !== '')
    .map((part) => `. ${part}`)
    .join('');
}

function duration(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

const nameTheKey = 'Name the key in DATA_ENCRYPTION_FORMER_KEYS.';

interface MissingKey {
  keyId: string | null;
  /** The column's table and name. */
  where: string;
  texts: number;
}

function unreadable({ keyId, where, texts }: MissingKey): string {
  return `${texts} in ${where} under "${keyId}"`;
}

interface ContradictingReport {
  paymentId: string;
  wireStatus: string;
  /** The members of the order that differ; empty where only the status contradicts. */
  differences: readonly string[];
}

function approvalLost(userId: string, status: KycStatus): string {
  return `User ${userId} was approved and is now ${status}. See npx drop kyc show ${userId}.`;
}

function contradicted({ paymentId, wireStatus, differences }: ContradictingReport): string {
  const differing = differences.length === 0 ? '' : `, with another ${differences.join(', ')}`;
  return `Payment ${paymentId}; the bank reports ${wireStatus}${differing}. Nothing was changed: see its timeline.`;
}
