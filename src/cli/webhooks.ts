import { Command } from 'commander';
import { systemClock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { countReplayable, replayWebhooks } from '#store/inbox/replay.ts';
import {
  countWebhooks,
  findWebhook,
  listWebhooks,
  webhookStatuses,
  type WebhookFilters,
} from '#store/inbox/search.ts';
import { idOf, limitUpTo } from './option-values.ts';
import { onRunningDatabase } from './running-database.ts';
import { addFilters, filtersOf } from './webhooks-filters.ts';
import { countLines, countsOf, lineOf, shownLines, shownOf } from './webhooks-text.ts';

interface Json {
  json?: true;
}

interface ReplayOptions extends WebhookFilters, Json {
  dryRun?: true;
  yes?: true;
  reason?: string;
  limit: number;
}

const replaysMax = 100_000;

/** `drop webhooks`: lists the webhooks of the inbox and has them handled again. */
export function webhooksCommand(): Command {
  const command = new Command('webhooks').description(
    'received webhooks, from DATABASE_URL or the embedded database of a running Drop',
  );
  addFilters(command.command('list').description('list webhooks, newest first'))
    .option('--limit <n>', 'maximum number of webhooks', limitUpTo(10_000), 50)
    .option('--json', 'one JSON object per line')
    .addHelpText('after', '\nExamples:\n  npx drop webhooks list --status dead --json')
    .action(list);
  addFilters(command.command('count').description('count webhooks by provider and status'))
    .option('--json', 'one JSON object: { provider: { status: n } }')
    .addHelpText('after', '\nExamples:\n  npx drop webhooks count --received-from 2026-02-23 --json')
    .action(count);
  command
    .command('show')
    .description('show the metadata of one webhook and the structure of its body')
    .argument('<id>', 'id of the webhook, as printed by `list`', idOf)
    .option('--body', 'show the body itself, which may contain personal data')
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  npx drop webhooks show 4711\n  npx drop webhooks show 4711 --body --json',
    )
    .action(show);
  addFilters(command.command('replay').description('queue handled and dead webhooks to be handled again'))
    .option('--dry-run', 'print the number of webhooks and change nothing')
    .option('--yes', 'confirm the replay')
    .option('--reason <text>', 'reason, which is recorded')
    .option('--limit <n>', 'maximum number of webhooks, oldest first', limitUpTo(replaysMax), 1_000)
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  npx drop webhooks replay --status dead --provider sumsub --dry-run\n' +
        '  npx drop webhooks replay --id-from 4711 --id-to 4711 --yes --reason "Sumsub was down"',
    )
    .action(replay);
  return command;
}

async function list(options: WebhookFilters & Json & { limit: number }): Promise<void> {
  const { limit, json } = options;
  const found = await onRunningDatabase((database) => listWebhooks(database, filtersOf(options), limit + 1));
  const shown = found.slice(0, limit);
  write(shown.map((entry) => (json ? `${JSON.stringify(entry)}\n` : lineOf(entry))).join(''));
  const last = shown.at(-1);
  if (found.length > limit && last) tell(`More webhooks match: continue with --id-to ${last.id - 1}`);
  if (shown.length === 0) tell('No webhooks found.');
}

async function count(options: WebhookFilters & Json): Promise<void> {
  const filters = filtersOf(options);
  const counted = await onRunningDatabase((database) => countWebhooks(database, filters));
  const counts = countsOf(counted, filters.status ? [filters.status] : webhookStatuses);
  write(options.json ? `${JSON.stringify(counts)}\n` : countLines(counts));
}

/** @throws {DropError} `not_found`. */
async function show(id: number, { body, json }: Json & { body?: true }): Promise<void> {
  const webhook = await onRunningDatabase((database) => findWebhook(database, id));
  if (!webhook) throw new DropError('not_found', { message: `There is no webhook ${id}.` });
  const shown = shownOf(webhook, body === true);
  write(json ? `${JSON.stringify(shown)}\n` : shownLines(shown));
}

async function replay(options: ReplayOptions, command: Command): Promise<void> {
  const filters = filtersOf(options);
  const fault = faultOf(options, filters);
  if (fault !== undefined) command.error(`error: ${fault}`);
  const { limit, json } = options;
  const dryRun = options.dryRun === true;
  const reason = (options.reason ?? '').trim();
  const result = await onRunningDatabase(async (database) => {
    const matched = await countReplayable(database, filters);
    if (dryRun) return { dryRun, matched, replayed: 0 };
    const at = systemClock.now();
    return { dryRun, matched, ...(await replayWebhooks(database, { filters, reason, limit, at })) };
  });
  if (json) return write(`${JSON.stringify(result)}\n`);
  const { matched, replayed } = result;
  if (dryRun)
    return write(`${Math.min(matched, limit)} of ${matched} matching webhooks would be handled again\n`);
  write(`${replayed} of ${matched} matching webhooks are queued to be handled again\n`);
}

/** The fault in the options of a replay, or undefined. */
function faultOf(options: ReplayOptions, filters: WebhookFilters): string | undefined {
  const { dryRun, yes, reason, status } = options;
  if (dryRun === yes) return 'give either --dry-run or --yes';
  if (Object.keys(filters).length === 0)
    return 'give at least one filter, because a replay of everything is rarely intended';
  if (status === 'received') return 'webhooks with status received are handled without a replay';
  if (yes && !reason?.trim()) return '--yes requires --reason <text>, which is recorded';
  return undefined;
}

function write(text: string): void {
  process.stdout.write(text);
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
