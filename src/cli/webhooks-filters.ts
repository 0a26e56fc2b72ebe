import { Option, type Command } from 'commander';
import { webhookStatuses, type WebhookFilters } from '#store/inbox/search.ts';
import type { OperatorContext } from '#usecases/operate/context.ts';
import { soughtIds, type NamedIds } from '#usecases/operate/named-ids.ts';
import { addIds, addTimes, providers } from './filters.ts';
import { idOf, timeOf } from './option-values.ts';

/** The options that select webhooks, as commander reads them from the command line. */
export interface WebhookOptions extends NamedIds, Omit<WebhookFilters, keyof NamedIds> {
  since?: Date | undefined;
  until?: Date | undefined;
}

/** Adds the options that select webhooks. */
export function addFilters(command: Command): Command {
  command
    .option('--provider <id>', 'only webhooks from this provider, e.g. sumsub')
    .addOption(new Option('--status <status>', 'only webhooks with this status').choices(webhookStatuses))
    .option(
      '--event-type <type>',
      "only webhooks of this type, in the provider's word, e.g. applicantReviewed",
    )
    .option('--subject <id>', 'only webhooks about this applicant or payment');
  addIds(command, 'webhooks').option('--request-id <id>', 'only the webhook that this request brought');
  return (
    addTimes(command, 'received')
      // The names of these before every list had the same ones.
      .addOption(new Option('--received-from <time>').argParser(timeOf).hideHelp())
      .addOption(new Option('--received-to <time>').argParser(timeOf).hideHelp())
      .option('--id-from <id>', 'from this id', idOf)
      .option('--id-to <id>', 'up to and including this id', idOf)
  );
}

/**
 * The filters that were given among a command's options.
 *
 * @throws {DropError} `not_found` for a payment or a customer that does not exist.
 */
export async function filtersOf(context: OperatorContext, options: WebhookOptions): Promise<WebhookFilters> {
  const { provider, status, eventType, subject, since, until, idFrom, idTo } = options;
  const { payment, user, trace, requestId } = options;
  const { receivedFrom = since, receivedTo = until } = options;
  const ids = await soughtIds(context, { payment, user, trace, requestId }, providers);
  const named = ids.payment && { provider: ids.payment.provider, reference: ids.payment.reference };
  const own = { provider, status, eventType, subject, receivedFrom, receivedTo, idFrom, idTo };
  const all = { ...own, ...ids, payment: named };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The filters among the options as they are typed. */
export function givenOf(options: WebhookOptions): Partial<WebhookOptions> {
  const { provider, status, eventType, subject, since, until, idFrom, idTo } = options;
  const { payment, user, trace, requestId, receivedFrom, receivedTo } = options;
  const own = { provider, status, eventType, subject, since, until, receivedFrom, receivedTo, idFrom, idTo };
  return { ...own, payment, user, trace, requestId };
}
