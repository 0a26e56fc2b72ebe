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

/** `drop webhooks`: what the inbox holds, and having it handled again. */
export function webhooksCommand(): Command {
  const command = new Command('webhooks').description(
    'what the inbox holds; on DATABASE_URL, or the embedded database of a Drop that runs',
  );
  addFilters(command.command('list').description('the newest first'))
    .option('--limit <n>', 'at most so many', limitUpTo(10_000), 50)
    .option('--json', 'one JSON object a line')
    .addHelpText('after', '\nExamples:\n  npx drop webhooks list --status dead --json')
    .action(list);
  addFilters(command.command('count').description('how many, by provider and status'))
    .option('--json', 'one JSON object: { provider: { status: n } }')
    .addHelpText('after', '\nExamples:\n  npx drop webhooks count --received-from 2026-02-23 --json')
    .action(count);
  command
    .command('show')
    .description('one webhook: its metadata, and the form of its body')
    .argument('<id>', 'its id, as `list` prints it', idOf)
    .option('--body', 'the body itself, which may hold personal data')
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  npx drop webhooks show 4711\n  npx drop webhooks show 4711 --body --json',
    )
    .action(show);
  addFilters(command.command('replay').description('has handled and dead webhooks handled again'))
    .option('--dry-run', 'say how many, and change nothing')
    .option('--yes', 'do it')
    .option('--reason <text>', 'why; it is recorded')
    .option('--limit <n>', 'at most so many, the oldest first', limitUpTo(replaysMax), 1_000)
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
  if (nextIdTo !== undefined) tell(`There are more: --id-to ${nextIdTo}`);
  if (entries.length === 0) tell('No webhook is like that.');
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
    return write(`${Math.min(matched, limit)} webhooks would be handled again, of ${matched} found\n`);
  write(`${replayed} webhooks are handled again, of ${matched} found\n`);
}

const replayFaults = {
  no_filter: 'name at least one filter: everything is rarely meant',
  not_handled_yet: 'a received webhook is handled without a replay',
} as const;

/** What is wrong with the command line of a replay. */
function faultOf(options: ReplayOptions, filters: WebhookFilters): string | undefined {
  const { dryRun, yes, reason } = options;
  if (dryRun === yes) return 'say either --dry-run or --yes';
  const fault = replayFaultOf(filters);
  if (fault !== undefined) return replayFaults[fault];
  if (yes && !reason?.trim()) return '--yes needs --reason <text>, which is recorded';
  return undefined;
}

function write(text: string): void {
  process.stdout.write(text);
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
