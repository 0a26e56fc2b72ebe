import { Option, type Command } from 'commander';
import { webhookStatuses, type WebhookFilters } from '#store/inbox/search.ts';
import { idOf, timeOf } from './option-values.ts';

/** Adds the options that select webhooks. */
export function addFilters(command: Command): Command {
  return command
    .option('--provider <id>', 'the sender, e.g. sumsub')
    .addOption(new Option('--status <status>', 'their status').choices(webhookStatuses))
    .option('--event-type <type>', 'the provider’s event type, e.g. applicantReviewed')
    .option('--subject <id>', 'the applicant or payment they are about')
    .option('--received-from <time>', 'received at or after, e.g. 2026-02-23 or 2026-02-23T14:30:00Z', timeOf)
    .option('--received-to <time>', 'received before', timeOf)
    .option('--id-from <id>', 'from this id', idOf)
    .option('--id-to <id>', 'up to and including this id', idOf);
}

/** The filters that were given among a command's options. */
export function filtersOf(options: WebhookFilters): WebhookFilters {
  const { provider, status, eventType, subject, receivedFrom, receivedTo, idFrom, idTo } = options;
  const all = { provider, status, eventType, subject, receivedFrom, receivedTo, idFrom, idTo };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
