import { Option, type Command } from 'commander';
import { webhookStatuses, type WebhookFilters } from '#store/inbox/search.ts';
import { idOf, timeOf } from './option-values.ts';

/** Adds the options that select webhooks. */
export function addFilters(command: Command): Command {
  return command
    .option('--provider <id>', 'only webhooks from this provider, e.g. sumsub')
    .addOption(new Option('--status <status>', 'only webhooks with this status').choices(webhookStatuses))
    .option(
      '--event-type <type>',
      "only webhooks of this type, in the provider's word, e.g. applicantReviewed",
    )
    .option('--subject <id>', 'only webhooks about this applicant or payment')
    .option(
      '--received-from <time>',
      'received at or after this time: 2026-02-23 or 2026-02-23T14:30:00Z',
      timeOf,
    )
    .option('--received-to <time>', 'received before this time', timeOf)
    .option('--id-from <id>', 'from this id', idOf)
    .option('--id-to <id>', 'up to and including this id', idOf);
}

/** The filters that were given among a command's options. */
export function filtersOf(options: WebhookFilters): WebhookFilters {
  const { provider, status, eventType, subject, receivedFrom, receivedTo, idFrom, idTo } = options;
  const all = { provider, status, eventType, subject, receivedFrom, receivedTo, idFrom, idTo };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
