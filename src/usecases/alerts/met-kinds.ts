import { condition } from './kind.ts';

/** The alerts of conditions that Drop meets in its work, such as a report of a bank, and cannot look for. */
export const metKinds = {
  another_order: condition<ContradictingReport>({
    severity: 'critical',
    title: 'A bank carries out another order than the one approved',
    message: (report) => contradicted(report),
    action: ({ paymentId }) =>
      'Treat it as fraud: ask the provider to stop the payment, and change nothing in the database. ' +
      `What differs: ${shownPayment(paymentId)}.`,
    over: ({ paymentId }) => `The bank reports the order of payment ${paymentId} as it was approved.`,
  }),
  final_status_contradicted: condition<ContradictingReport>({
    severity: 'critical',
    title: 'A final payment is contradicted by its bank',
    message: (report) => contradicted(report),
    action: ({ paymentId }) =>
      `See both: ${shownPayment(paymentId)}. Ask the provider which is true, and whether the account was debited.`,
    over: ({ paymentId }) => `The bank and Drop agree on payment ${paymentId}.`,
  }),
  redirect_not_allowed: condition<{ provider: string; paymentId: string }>({
    severity: 'critical',
    title: 'A provider sends customers to an address that is not allowed',
    message: ({ provider, paymentId }) =>
      `${provider}, payment ${paymentId} first. Customers are not sent there and cannot approve.`,
    action: ({ provider }) =>
      `Ask ${provider} which address it sent and why; treat it as an attack until it answers. ` +
      `Payments that wait: "npx drop payments list --provider ${provider} --status awaiting_authorisation".`,
    over: ({ provider }) => `${provider} has sent no such address for an hour.`,
  }),
  webhook_given_up: condition<{ provider: string; eventType: string; error: string }>({
    severity: 'critical',
    title: 'A webhook was given up',
    message: ({ provider, eventType, error }) => `${provider} ${eventType}: ${error}.`,
    action: ({ provider }) =>
      `Remove the cause, then replay it: "npx drop webhooks list --provider ${provider} --status dead".`,
    over: ({ provider }) =>
      `No webhook of ${provider} has been given up for an hour. Replay those that were.`,
  }),
  applicant_hidden: condition<{ userId?: string }>({
    severity: 'critical',
    title: 'Sumsub does not show an applicant',
    message: ({ userId }) =>
      `An applicant exists and cannot be read, so nothing was changed.${userId ? ` The first: user ${userId}.` : ''}`,
    action: () =>
      'Check in Sumsub\'s console that the app token has the permission "View applicants". ' +
      'How many: "npx drop calls list --provider sumsub --since 1h --outcome faulty".',
    over: () => 'Sumsub has not hidden an applicant for a day.',
  }),
  identity_conflict: condition<{ reason: string; userIds?: readonly string[] }>({
    severity: 'critical',
    title: 'BankID contradicts what Drop knows of a person',
    message: ({ reason, userIds = [] }) =>
      `The sign-in was refused: ${reason}.${userIds.length === 0 ? '' : ` Users: ${userIds.join(', ')}.`}`,
    action: ({ userIds: [id = '<id>'] = [] }) =>
      `See the first: "npx drop customers show ${id} --reason alert", and verify the identity outside Drop. ` +
      'Many: set BANKID_ISSUER and BANKID_PRESET back.',
    over: () => 'No sign-in has been refused like this for an hour.',
  }),
  hash_key_missing: condition<{ keyId: string; users?: number }>({
    severity: 'warning',
    title: 'A hash key of national identity numbers is not configured',
    message: ({ keyId, users }) =>
      `${users === 1 ? '1 customer is' : `${users ?? 'Some'} customers are`} hashed under the key "${keyId}", ` +
      'which this Drop does not have.',
    action: () =>
      'Name the key in NATIONAL_ID_HASH_FORMER_KEYS and restart. How many are left: "npx drop national-ids status".',
    over: ({ keyId }) => `The key "${keyId}" is configured, or nobody is hashed under it any more.`,
  }),
  encryption_key_missing: condition<{ missing: readonly MissingKey[] }>({
    severity: 'critical',
    title: 'An encryption key is not configured',
    message: ({ missing }) => `Encrypted and not readable: ${missing.map(unreadable).join(', ')}.`,
    action: () =>
      'Name the key in DATA_ENCRYPTION_FORMER_KEYS and restart. What it concerns: "npx drop secrets status".',
    over: ({ missing: [first] }) =>
      `The key "${first?.keyId ?? 'none'}" is configured, or nothing is encrypted under it any more.`,
  }),
};

interface ContradictingReport {
  paymentId: string;
  /** These three are absent from alerts of earlier versions. */
  provider?: string;
  bank?: string;
  /** The status that Drop holds and keeps. */
  heldStatus?: string;
  wireStatus: string;
  /** The members of the order that differ; empty where only the status contradicts. */
  differences: readonly string[];
}

function shownPayment(id: string): string {
  return `"npx drop payments show ${id} --reason alert"`;
}

function contradicted(report: ContradictingReport): string {
  const { paymentId, provider, bank, heldStatus, wireStatus, differences } = report;
  const differing = differences.length === 0 ? '' : `, with another ${differences.join(', ')}`;
  const where = provider === undefined ? '' : ` at ${bank} (${provider}), which Drop holds as ${heldStatus}`;
  return `Payment ${paymentId}${where}; the bank reports ${wireStatus}${differing}. Nothing was changed.`;
}

interface MissingKey {
  keyId: string | null;
  /** The column's table and name. */
  where: string;
  texts: number;
}

function unreadable({ keyId, where, texts }: MissingKey): string {
  return `${texts} in ${where} under "${keyId}"`;
}
