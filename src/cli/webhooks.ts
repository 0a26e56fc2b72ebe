import { Command } from 'commander';
import { showWebhook, showWebhookBody } from '#usecases/operate/webhook-body.ts';
import { countWebhooks, replay, replayFaultOf, searchWebhooks } from '#usecases/operate/webhooks.ts';
import { addAuthorName } from './author-options.ts';
import { examples } from './filters.ts';
import { jsonLine } from './json-line.ts';
import { addListOptions, printList } from './list.ts';
import { idOf, limitUpTo, reasonOf } from './option-values.ts';
import { onRunningDatabase } from './running-database.ts';
import { addFilters, filtersOf, givenOf, type WebhookOptions } from './webhooks-filters.ts';
import { columns, countLines, shownLines } from './webhooks-text.ts';

interface Json {
  json?: true;
}

interface ReplayOptions extends WebhookOptions, Json {
  dryRun?: true;
  yes?: true;
  reason?: string;
  as: string;
  limit: number;
}

const replaysMax = 100_000;

/** `drop webhooks`: lists the webhooks of the inbox and has them handled again. */
export function webhooksCommand(): Command {
  const command = new Command('webhooks').description(
    'received webhooks, from DATABASE_URL or the embedded database of a running Drop',
  );
  const listed = addFilters(command.command('list').description('list webhooks, newest first'));
  addListOptions(listed, 'webhooks')
    .addHelpText('after', examples('webhooks list --status dead --json', 'webhooks list --since 1h --follow'))
    .action(list);
  addFilters(command.command('count').description('count webhooks by provider and status'))
    .option('--json', 'one JSON object: { provider: { status: n } }')
    .addHelpText('after', examples('webhooks count --since 2026-02-23 --json'))
    .action(count);
  addShow(command);
  addAuthorName(
    addFilters(command.command('replay').description('queue handled and dead webhooks to be handled again')),
  )
    .option('--dry-run', 'print the number of webhooks and change nothing')
    .option('--yes', 'confirm the replay')
    .option('--reason <text>', 'reason, which is recorded')
    .option('--limit <n>', 'maximum number of webhooks, oldest first', limitUpTo(replaysMax), 1_000)
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      examples(
        'webhooks replay --status dead --provider sumsub --dry-run',
        'webhooks replay --id-from 4711 --id-to 4711 --yes --reason "Sumsub was down"',
      ),
    )
    .action(replayMatching);
  return command;
}

function addShow(command: Command): void {
  const show = command
    .command('show')
    .description('show the metadata of one webhook and the structure of its body')
    .argument('<id>', 'id of the webhook, as printed by `list`', idOf)
    .option('--body', 'show the body itself, which may contain personal data; the access is logged')
    .option('--reason <text>', 'with --body: reason for the access, kept for five years', reasonOf);
  addAuthorName(show)
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      examples('webhooks show 4711', 'webhooks show 4711 --body --reason "alert of 24 November" --json'),
    )
    .action(showOne);
}

async function list(
  options: WebhookOptions & { limit: number; after?: number },
  command: Command,
): Promise<void> {
  await printList(command, {
    noun: 'webhooks',
    columns,
    idOf: ({ id }) => `${id}`,
    async search(context) {
      const filters = { ...(await filtersOf(context, options)), after: options.after };
      return searchWebhooks(context, filters, options.limit);
    },
  });
}

async function count(options: WebhookOptions & Json): Promise<void> {
  const counts = await onRunningDatabase(async (context) =>
    countWebhooks(context, await filtersOf(context, options)),
  );
  write(options.json ? jsonLine(counts) : countLines(counts));
}

interface ShowOptions extends Json {
  body?: true;
  reason?: string;
  as: string;
}

/** @throws {DropError} `not_found`. */
async function showOne(id: number, options: ShowOptions, command: Command): Promise<void> {
  const { body, reason, as: actorName, json } = options;
  if (body && reason === undefined)
    command.error('error: --body requires --reason <text>, which is recorded');
  const shown = await onRunningDatabase((context) =>
    body && reason !== undefined
      ? showWebhookBody(context, id, { actorName, reason })
      : showWebhook(context, id),
  );
  write(json ? jsonLine(shown) : shownLines(shown));
  if (body) tell(`access logged: ${actorName}, reason: ${reason}`);
}

async function replayMatching(options: ReplayOptions, command: Command): Promise<void> {
  const fault = faultOf(options);
  if (fault !== undefined) command.error(`error: ${fault}`);
  const { limit, json, as: actorName } = options;
  const dryRun = options.dryRun === true;
  const reason = (options.reason ?? '').trim();
  const result = await onRunningDatabase(async (context) =>
    replay(context, await filtersOf(context, options), { reason, actorName, limit, dryRun }),
  );
  if (json) return write(jsonLine(result));
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
function faultOf(options: ReplayOptions): string | undefined {
  const { dryRun, yes, reason } = options;
  if (dryRun === yes) return 'give either --dry-run or --yes';
  const fault = replayFaultOf(givenOf(options));
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
