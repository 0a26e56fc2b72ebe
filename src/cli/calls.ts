import { Command, Option } from 'commander';
import { systemClock } from '#domain/clock.ts';
import { callOutcomes, type CallFilters } from '#store/outbound-call-search.ts';
import { searchCalls, showCall } from '#usecases/operate/calls.ts';
import { lineOf, shownLines } from './calls-text.ts';
import { idOf, limitUpTo, timeOrAge } from './option-values.ts';
import { onRunningDatabase } from './running-database.ts';

interface Json {
  json?: true;
}

/** As on the command line. */
interface ListOptions extends Omit<CallFilters, 'providerRequestId'>, Json {
  requestId?: string;
  limit: number;
}

/** `drop calls`: what Drop asked of providers lately, and what came of it. */
export function callsCommand(): Command {
  const command = new Command('calls').description(
    'what Drop asked of providers in the last 14 days; on DATABASE_URL, or the embedded database of a Drop that runs',
  );
  const time = timeOrAge(systemClock);
  command
    .command('list')
    .description('the newest first, repetitions each by itself')
    .option('--provider <id>', 'who was asked, e.g. sumsub')
    .option('--operation <name>', 'what was asked, e.g. access_token')
    .addOption(
      new Option('--outcome <outcome>', 'below 400, a 4xx, a 5xx, or no answer').choices(callOutcomes),
    )
    .option('--request-id <id>', "the provider's id of the request, which its support asks for")
    .option('--since <time>', 'begun at or after: 2026-02-23T14:30:00Z, or 15m, 2h, 3d ago', time)
    .option('--until <time>', 'begun before', time)
    .option('--id-to <id>', 'up to this id, inclusive', idOf)
    .option('--limit <n>', 'at most so many', limitUpTo(10_000), 50)
    .option('--json', 'one JSON object a line')
    .addHelpText(
      'after',
      '\nExamples:\n  npx drop calls list --since 15m --outcome unanswered\n' +
        '  npx drop calls list --provider sumsub --operation access_token --since 2026-02-23 --json',
    )
    .action(list);
  command
    .command('show')
    .description('one call, with what is kept of its bodies')
    .argument('<id>', 'its id, as `list` prints it', idOf)
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExamples:\n  npx drop calls show 4711\n  npx drop calls show 4711 --json')
    .action(show);
  return command;
}

async function list(options: ListOptions): Promise<void> {
  const { limit, json, requestId: providerRequestId, ...filters } = options;
  const { entries, nextIdTo } = await onRunningDatabase((context) =>
    searchCalls(context, { ...filters, providerRequestId }, limit),
  );
  process.stdout.write(entries.map((call) => (json ? `${JSON.stringify(call)}\n` : lineOf(call))).join(''));
  if (nextIdTo !== undefined) process.stderr.write(`There are more: --id-to ${nextIdTo}\n`);
  if (entries.length === 0) process.stderr.write('No call is like that.\n');
}

/** @throws {DropError} `not_found`. */
async function show(id: number, { json }: Json): Promise<void> {
  const call = await onRunningDatabase((context) => showCall(context, id));
  process.stdout.write(json ? `${JSON.stringify(call)}\n` : shownLines(call));
}
