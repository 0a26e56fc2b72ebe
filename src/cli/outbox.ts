import { Command, Option } from 'commander';
import { outboxChannels, outboxStatuses, type OutboxFilters } from '#store/outbox/search.ts';
import type { OperatorContext } from '#usecases/operate/context.ts';
import { soughtIds, type NamedIds } from '#usecases/operate/named-ids.ts';
import { retryDead, searchOutbox } from '#usecases/operate/outbox.ts';
import { actorOf, addAct, type ActOptions } from './author-options.ts';
import { addTimes, examples, providers } from './filters.ts';
import { jsonLine } from './json-line.ts';
import { addListOptions, printList } from './list.ts';
import { limitUpTo, uuidOf } from './option-values.ts';
import { columns } from './outbox-text.ts';
import { onRunningDatabase } from './running-database.ts';

/** `drop outbox`: the messages to customers and operators, and those that were given up. */
export function outboxCommand(): Command {
  const command = new Command('outbox').description(
    'messages to customers and operators, from DATABASE_URL or the embedded database of a running Drop',
  );
  const listed = addFilters(command.command('list').description('list messages, newest first')).addOption(
    new Option('--status <status>', 'only messages with this status').choices(outboxStatuses),
  );
  addListOptions(listed, 'messages')
    .addHelpText('after', examples('outbox list --status dead', 'outbox list --since 1h --json'))
    .action(list);
  addAct(addFilters(command.command('retry').description('deliver dead messages again')))
    .option('--dry-run', 'print the number of messages and change nothing')
    .option('--yes', 'confirm')
    .option('--limit <n>', 'maximum number of messages, oldest first', limitUpTo(100_000), 1_000)
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      examples('outbox retry --channel mail --dry-run', 'outbox retry --channel mail --yes --as ida'),
    )
    .action(retry);
  return command;
}

function addFilters(command: Command): Command {
  command
    .addOption(new Option('--channel <channel>', 'only messages over this channel').choices(outboxChannels))
    .option('--code <code>', 'only messages with this code, e.g. payment_settled')
    .option(
      '--payment <id>',
      "only messages about this payment: Drop's id, the end-to-end id, or the provider's",
    )
    .option('--user <id>', "only messages to this customer, by Drop's id", uuidOf);
  return addTimes(command, 'written');
}

interface Filters extends Pick<NamedIds, 'payment' | 'user'>, Omit<OutboxFilters, 'userId' | 'paymentId'> {
  json?: true;
  limit: number;
}

async function filtersOf(context: OperatorContext, options: Filters): Promise<OutboxFilters> {
  const { channel, status, code, after, since, until, payment, user } = options;
  const { payment: found, userId } = await soughtIds(context, { payment, user }, providers);
  return { channel, status, code, after, since, until, userId, paymentId: found?.id };
}

async function list(options: Filters, command: Command): Promise<void> {
  await printList(command, {
    noun: 'messages',
    columns,
    idOf: ({ id }) => `${id}`,
    async search(context) {
      const filters = await filtersOf(context, options);
      return searchOutbox(context, filters, options.limit);
    },
  });
}

async function retry(
  options: Filters & ActOptions & { dryRun?: true; yes?: true },
  command: Command,
): Promise<void> {
  const { limit, json, dryRun, yes } = options;
  if (dryRun === yes) command.error('error: give either --dry-run or --yes');
  const how = { limit, dryRun: dryRun === true, ...actorOf(options) };
  const result = await onRunningDatabase(async (context) =>
    retryDead(context, await filtersOf(context, options), how),
  );
  const { matched, retried } = result;
  const text = dryRun
    ? `${Math.min(matched, limit)} of ${matched} dead messages would be delivered again\n`
    : `${retried} of ${matched} dead messages are delivered again\n`;
  process.stdout.write(json ? jsonLine(result) : text);
}
