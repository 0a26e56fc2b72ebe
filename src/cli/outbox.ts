import { Command, Option } from 'commander';
import { outboxChannels, outboxStatuses, type OutboxFilters } from '#store/outbox/search.ts';
import { retryDead, searchOutbox } from '#usecases/operate/outbox.ts';
import { idOf, limitUpTo } from './option-values.ts';
import { lineOf } from './outbox-text.ts';
import { onRunningDatabase } from './running-database.ts';

interface Json {
  json?: true;
}

/** `drop outbox`: the messages to customers and operators, and those that were given up. */
export function outboxCommand(): Command {
  const command = new Command('outbox').description(
    'messages to customers and operators, from DATABASE_URL or the embedded database of a running Drop',
  );
  addFilters(command.command('list').description('list messages, newest first'))
    .addOption(new Option('--status <status>', 'only messages with this status').choices(outboxStatuses))
    .option('--id-to <id>', 'up to and including this id', idOf)
    .option('--limit <n>', 'maximum number of messages', limitUpTo(10_000), 50)
    .option('--json', 'one JSON object per line')
    .addHelpText('after', '\nExamples:\n  npx drop outbox list --status dead\n  npx drop outbox list --json')
    .action(list);
  addFilters(command.command('retry').description('deliver dead messages again'))
    .option('--dry-run', 'print the number of messages and change nothing')
    .option('--yes', 'confirm')
    .option('--limit <n>', 'maximum number of messages, oldest first', limitUpTo(100_000), 1_000)
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExamples:\n  npx drop outbox retry --channel mail --yes')
    .action(retry);
  return command;
}

function addFilters(command: Command): Command {
  return command
    .addOption(new Option('--channel <channel>', 'only messages over this channel').choices(outboxChannels))
    .option('--code <code>', 'only messages with this code, e.g. payment_settled')
    .option('--user <id>', 'only messages to this user');
}

interface Filters extends Omit<OutboxFilters, 'userId'>, Json {
  user?: string;
  limit: number;
}

function filtersOf({ channel, status, code, user: userId, idTo }: Filters): OutboxFilters {
  return { channel, status, code, userId, idTo };
}

async function list(options: Filters): Promise<void> {
  const { limit, json } = options;
  const { entries, nextIdTo } = await onRunningDatabase((context) =>
    searchOutbox(context, filtersOf(options), limit),
  );
  process.stdout.write(
    entries.map((entry) => (json ? `${JSON.stringify(entry)}\n` : lineOf(entry))).join(''),
  );
  if (nextIdTo !== undefined)
    process.stderr.write(`More messages match: continue with --id-to ${nextIdTo}\n`);
  if (entries.length === 0) process.stderr.write('No messages found.\n');
}

async function retry(options: Filters & { dryRun?: true; yes?: true }, command: Command): Promise<void> {
  const { limit, json, dryRun, yes } = options;
  if (dryRun === yes) command.error('error: give either --dry-run or --yes');
  const how = { limit, dryRun: dryRun === true };
  const result = await onRunningDatabase((context) => retryDead(context, filtersOf(options), how));
  const { matched, retried } = result;
  const text = dryRun
    ? `${Math.min(matched, limit)} of ${matched} dead messages would be delivered again\n`
    : `${retried} of ${matched} dead messages are delivered again\n`;
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : text);
}
