import type { ErasureStep } from '#domain/erasure.ts';
import { isNoticeCode, notices } from '#domain/notice/notices.ts';
import { shellWord } from '#domain/shell-word.ts';
import type { MailServer } from '#services/email/service.ts';
import { condition, counted, minutesText, overOf } from './kind.ts';
import { metKinds } from './met-kinds.ts';

/**
 * The alerts of conditions: raised once when a condition begins, and once more when it is over. Their parameters are
 * stored meanwhile, as JSON.
 */
export const conditionKinds = {
  ...metKinds,
  provider_not_called: condition<NotCalled>({
    severity: 'critical',
    title: 'A provider is not called',
    message: ({ provider, ...rest }) => `${provider} failed five times in a row.${failures(rest)}`,
    action: ({ provider }) =>
      `Drop tries it again every 30 s: see "npx drop calls list --provider ${provider} --since 15m".`,
    over: ({ provider }) => `${provider} has not failed like this for ten minutes.`,
  }),
  bank_not_called: condition<NotCalled & { bank: string }>({
    severity: 'warning',
    title: 'A bank is not called',
    message: ({ provider, bank, ...rest }) =>
      `${bank} at ${provider} failed five times in a row.${failures(rest)}`,
    action: ({ provider, bank }) =>
      'Nothing else is affected, and Drop tries it again every 30 s: ' +
      `"npx drop calls list --provider ${provider} --bank ${shellWord(bank)} --since 15m".`,
    over: ({ provider, bank }) => `${bank} at ${provider} has not failed like this for ten minutes.`,
  }),
  payment_outcome_unknown: condition<PaymentsAtBank>({
    severity: 'warning',
    title: 'The outcome of a payment is unknown',
    message: (payments) => `${paymentsAt(payments)} without an answer of the bank.${named(payments)}`,
    action: ({ ids }) => `Never send it again. What Drop does next: ${shownBy(ids)}.`,
    over: ({ provider, bank }) => `No payment at ${bank} (${provider}) has an unknown outcome.`,
  }),
  payment_overdue: condition<PaymentsAtBank & { oldestMinutes: number; usualMinutes: number }>({
    severity: 'warning',
    title: 'A payment is open for longer than usual',
    message: ({ oldestMinutes, usualMinutes, ...payments }) =>
      `${paymentsAt(payments)} open for longer than ${minutesText(usualMinutes)}, which is the limit there;` +
      ` the oldest for ${minutesText(oldestMinutes)}.${named(payments)}`,
    action: ({ ids }) =>
      `Do not send it again. What the bank said, and what Drop does next: ${shownBy(ids)}.`,
    over: ({ provider, bank }) => `No payment at ${bank} (${provider}) is open for longer than usual.`,
  }),
  webhooks_refused: condition<Refusals>({
    severity: 'critical',
    title: 'Webhooks of a provider are refused',
    message: ({ provider, refused, accepted, windowMinutes }) =>
      `${refused} webhooks to the address of ${provider} had a wrong signature in ${windowMinutes} minutes,` +
      ` and ${accepted} were accepted.`,
    action: ({ provider }) =>
      `Compare the webhook secret of ${provider} with its portal: one that was changed there is refused here. ` +
      `What was accepted: "npx drop webhooks list --provider ${provider} --since 2h".`,
    over: ({ provider }) => `Most webhooks of ${provider} are accepted again, or no more arrive.`,
  }),
  mail_given_up: condition<{ code: string; reason: string }>({
    severity: 'critical',
    title: 'A mail was given up',
    message: ({ code, reason }) => `${code}: ${reason}. ${whereElse(code)}`,
    action: () => 'Remove the cause, then send it again: "npx drop outbox retry --channel mail --yes".',
    over: () => 'No mail has been given up for an hour. Send again those that were.',
  }),
  mails_not_accepted: condition<{ mails: number; oldestMinutes: number; reason: string }>({
    severity: 'critical',
    title: 'No mail is accepted',
    message: ({ mails, oldestMinutes, reason }) =>
      `${counted(mails, 'mail')} to customers not accepted, the oldest for ${minutesText(oldestMinutes)}: ${reason}.`,
    action: () => 'See whether the mail servers answer: "npx drop calls list --provider email --since 1h".',
    over: () => 'Mails are accepted again, or none waits.',
  }),
  mail_server_unusable: condition<{ server: MailServer; reason: string }>({
    severity: 'critical',
    title: 'A mail server refuses Drop',
    message: ({ server, reason }) => `The ${server} server: ${reason}.`,
    action: ({ server }) =>
      `Correct ${serverVariables[server]} and restart; if there is another server, mails go through it meanwhile.`,
    over: ({ server }) => `The ${server} server accepts mails again.`,
  }),
  closing_stalled: condition<StalledClosings>({
    severity: 'warning',
    title: 'The closing of an account has stalled',
    message: ({ step, closings, ids, oldestMinutes }) =>
      `${counted(closings, 'closing')} of accounts ${closings === 1 ? 'waits' : 'wait'} for ${erasures[step]},` +
      ` the oldest for ${minutesText(oldestMinutes)}. Customers: ${ids.join(', ')}.`,
    action: ({ ids: [id = '<id>'] }) => `See what is left: "npx drop customers show ${id} --reason alert".`,
    over: ({ step }) => `No closing of an account has waited for ${erasures[step]} for more than a day.`,
  }),
  work_stalled: condition<{ work: readonly Stalled[] }>({
    severity: 'critical',
    title: 'Scheduled work has stalled',
    message: ({ work }) => `Not done in time: ${work.map(stalledText).join(', ')}.`,
    action: () => 'See what failed: "npx drop errors list --since 1h". Then restart one process of Drop.',
    over: () => 'All scheduled work is done in time again.',
  }),
  certificate_expires: condition<Certificate>({
    severity: 'warning',
    title: 'A certificate ends soon',
    message: (certificate) => certificateText(certificate),
    action: () => 'Order the next one now, register it with the provider, and configure it before that day.',
    over: (certificate) => `${nameOf(certificate)} ends later now.`,
  }),
  certificate_ends: condition<Certificate>({
    severity: 'critical',
    title: 'A certificate ends within days',
    message: (certificate) => certificateText(certificate),
    action: ({ provider }) => `Replace it today: after that day no call to ${provider} succeeds.`,
    over: (certificate) => `${nameOf(certificate)} ends later now.`,
  }),
  audit_broken: condition<{ day: string; findings: number; first: string }>({
    severity: 'critical',
    title: 'The audit trail is broken',
    message: ({ day, findings, first }) =>
      `${counted(findings, 'finding')} in the trail of ${day}, the first: ${first}.`,
    action: ({ day }) =>
      `Change nothing, copy the database, and read "npx drop audit verify --since ${day} --until ${day}".`,
    over: ({ day }) => `The audit trail of ${day} is whole.`,
  }),
  database_down: condition<Record<never, never>>({
    severity: 'critical',
    title: 'The database does not answer',
    message: () => 'A process of Drop has had no answer for 15 s, so it serves no customer.',
    action: () =>
      'See whether it runs, has room and connections left: "npx drop doctor" tells what is wrong.',
    over: () => 'The database answers again.',
  }),
};

/** The notices that a condition is over. */
export const overKinds = {
  another_order_over: overOf(conditionKinds.another_order),
  final_status_contradicted_over: overOf(conditionKinds.final_status_contradicted),
  redirect_not_allowed_over: overOf(conditionKinds.redirect_not_allowed),
  webhook_given_up_over: overOf(conditionKinds.webhook_given_up),
  applicant_hidden_over: overOf(conditionKinds.applicant_hidden),
  identity_conflict_over: overOf(conditionKinds.identity_conflict),
  hash_key_missing_over: overOf(conditionKinds.hash_key_missing),
  encryption_key_missing_over: overOf(conditionKinds.encryption_key_missing),
  provider_not_called_over: overOf(conditionKinds.provider_not_called),
  bank_not_called_over: overOf(conditionKinds.bank_not_called),
  payment_outcome_unknown_over: overOf(conditionKinds.payment_outcome_unknown),
  payment_overdue_over: overOf(conditionKinds.payment_overdue),
  webhooks_refused_over: overOf(conditionKinds.webhooks_refused),
  mail_given_up_over: overOf(conditionKinds.mail_given_up),
  mails_not_accepted_over: overOf(conditionKinds.mails_not_accepted),
  mail_server_unusable_over: overOf(conditionKinds.mail_server_unusable),
  closing_stalled_over: overOf(conditionKinds.closing_stalled),
  work_stalled_over: overOf(conditionKinds.work_stalled),
  certificate_expires_over: overOf(conditionKinds.certificate_expires),
  certificate_ends_over: overOf(conditionKinds.certificate_ends),
  audit_broken_over: overOf(conditionKinds.audit_broken),
  database_down_over: overOf(conditionKinds.database_down),
} satisfies Record<`${keyof typeof conditionKinds}_over`, unknown>;

const serverVariables: Record<MailServer, string> = { primary: 'SMTP_URL', backup: 'SMTP_BACKUP_URL' };

/** What failed calls have in common, and whom they concern. */
interface Failures {
  /** The most frequent first: Drop's codes, or statuses of HTTP. */
  codes: readonly { code: string; count: number }[];
  /** Payments under way there, and the customers that they belong to. */
  payments: number;
  customers: number;
}

interface NotCalled extends Failures {
  provider: string;
}

function failures({ codes, payments, customers }: Failures): string {
  const often = codes.map(({ code, count }) => `${code} (${count})`).join(', ');
  const mostly = often === '' ? '' : ` Failed calls in ten minutes: ${often}.`;
  if (payments === 0) return mostly;
  return `${mostly} ${counted(payments, 'payment')} of ${counted(customers, 'customer')} under way there.`;
}

/** Payments of one bank; `ids` names some of them. */
interface PaymentsAtBank {
  provider: string;
  bank: string;
  payments: number;
  customers: number;
  ids: readonly string[];
}

function paymentsAt({ provider, bank, payments, customers }: PaymentsAtBank): string {
  const number = `${counted(payments, 'payment')} of ${counted(customers, 'customer')}`;
  return `${number} at ${bank} (${provider}) ${payments === 1 ? 'is' : 'are'}`;
}

function named({ ids, payments }: PaymentsAtBank): string {
  return ` ${payments > ids.length ? 'Among them ' : ''}${ids.join(', ')}.`;
}

/** The command that explains the first of the payments. */
function shownBy([id = '<id>']: readonly string[]): string {
  return `"npx drop payments show ${id} --reason alert"`;
}

/** Webhooks of one provider that were counted in `windowMinutes` minutes. */
interface Refusals {
  provider: string;
  refused: number;
  accepted: number;
  windowMinutes: number;
}

/** Closings of accounts that a step of the erasure holds up; `ids` names some of the customers. */
interface StalledClosings {
  step: ErasureStep;
  closings: number;
  ids: readonly string[];
  oldestMinutes: number;
}

/** What each step of an erasure does, as an operator reads it. */
const erasures: Record<ErasureStep, string> = {
  request: 'the closing itself',
  consents: 'the end of consents at their banks',
  applicant: 'the deactivation of the applicant at Sumsub',
  cards: 'the cancellation of cards at their issuer',
  files: 'the deletion of files',
  mail: 'a mail that was not sent yet',
  end: 'the last erasure',
};

/** Work that was not done in time; `minutes` since it was last done, or since the oldest entry should have been. */
export interface Stalled {
  name: string;
  minutes: number;
}

function stalledText({ name, minutes }: Stalled): string {
  return `${name} (for ${minutesText(minutes)})`;
}

interface Certificate {
  provider: string;
  /** The name of the variable that gives it; absent from alerts of versions that watched the client's only. */
  variable?: string;
  /** Whole days that are left; negative when it has ended. */
  days: number;
  /** `YYYY-MM-DD`, in UTC. */
  endsOn: string;
}

function nameOf({ provider, variable = 'its …_TLS_CERTIFICATE' }: Certificate): string {
  return `The certificate for ${provider} (${variable})`;
}

function certificateText(certificate: Certificate): string {
  const { days, endsOn } = certificate;
  const end = days < 0 ? 'has ended' : 'ends';
  const left = days < 1 ? '' : `, in ${counted(days, 'day')}`;
  return `${nameOf(certificate)} ${end} on ${endsOn}${left}.`;
}

/** Some messages are mails only, as the link that verifies an address. */
function whereElse(code: string): string {
  const { channels }: { channels: readonly string[] } = isNoticeCode(code) ? notices[code] : { channels: [] };
  return channels.includes('app')
    ? 'The customer sees the message in the app.'
    : 'The customer does not see it in the app.';
}
