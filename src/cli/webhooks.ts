import { Command } from 'commander';
import type { WebhookFilters } from '#store/inbox/search.ts';
import { showWebhook } from '#usecases/operate/webhook-body.ts';
import { countWebhooks, replay, replayFaultOf, searchWebhooks } from '#usecases/operate/webhooks.ts';
import { idOf, limitUpTo } from './option-values.ts';
import { onRunningDatabase } from './running-database.ts';
import { addFilters, filtersOf } from './webhooks-filters.ts';
import { countLines, lineOf, shownLines } from './webhooks-text.ts';

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
    .action(replayMatching);
  return command;
}

async function list(options: WebhookFilters & Json & { limit: number }): Promise<void> {
  const { limit, json } = options;
  const { entries, nextIdTo } = await onRunningDatabase((context) =>
    searchWebhooks(context, filtersOf(options), limit),
  );
  write(entries.map((entry) => (json ? `${JSON.stringify(entry)}\n` : lineOf(entry))).join(''));
  if (nextIdTo !== undefined) tell(`More webhooks match: continue with --id-to ${nextIdTo}`);
  if (entries.length === 0) tell('No webhooks found.');
}

async function count(options: WebhookFilters & Json): Promise<void> {
  const counts = await onRunningDatabase((context) => countWebhooks(context, filtersOf(options)));
  write(options.json ? `${JSON.stringify(counts)}\n` : countLines(counts));
}

/** @throws {DropError} `not_found`. */
async function show(id: number, { body, json }: Json & { body?: true }): Promise<void> {
  const withBody = body === true;
  const shown = await onRunningDatabase((context) => showWebhook(context, id, { withBody }));
  write(json ? `${JSON.stringify(shown)}\n` : shownLines(shown));
}

async function replayMatching(options: ReplayOptions, command: Command): Promise<void> {
  const filters = filtersOf(options);
  const fault = faultOf(options, filters);
  if (fault !== undefined) command.error(`error: ${fault}`);
  const { limit, json } = options;
  const dryRun = options.dryRun === true;
  const reason = (options.reason ?? '').trim();
  const result = await onRunningDatabase((context) => replay(context, filters, { reason, limit, dryRun }));
  if (json) return write(`${JSON.stringify(result)}\n`);
  const { matched, replayed } = result;
  if (dryRun)
    return write(`${Math.min(matched, limit)} of ${matched} matching webhooks would be handled again\n`);
  write(`${replayed} of ${matched} matching webhooks are queued to be handled again\n`);
}

const replayFaults = {
  no_filter: 'give at least one filter, because a replay of everything is rarely intended',
  not_handled_yet: 'webhooks with status received are handled without a replay',
} as const;

/** The fault in the options of a replay, or undefined. */
function faultOf(options: ReplayOptions, filters: WebhookFilters): string | undefined {
  const { dryRun, yes, reason } = options;
  if (dryRun === yes) return 'give either --dry-run or --yes';
  const fault = replayFaultOf(filters);
  if (fault !== undefined) return replayFaults[fault];
  if (yes && !reason?.trim()) return '--yes requires --reason <text>, which is recorded';
  return undefined;
}

function write(text: string): void {
  process.stdout.write(text);
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
