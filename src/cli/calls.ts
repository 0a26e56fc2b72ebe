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

/** The options as commander reads them from the command line. */
interface ListOptions extends Omit<CallFilters, 'providerRequestId'>, Json {
  requestId?: string;
  limit: number;
}

/** `drop calls`: the recent calls to providers and their outcomes. */
export function callsCommand(): Command {
  const command = new Command('calls').description(
    'calls to providers in the last 14 days, from DATABASE_URL or the embedded database of a running Drop',
  );
  const time = timeOrAge(systemClock);
  command
    .command('list')
    .description('list calls, newest first; each retry is a call of its own')
    .option('--provider <id>', 'only calls to this provider, e.g. sumsub')
    .option('--operation <name>', 'only calls of this operation, e.g. access_token')
    .addOption(
      new Option('--outcome <outcome>', 'status below 400, a 4xx, a 5xx, or no answer').choices(callOutcomes),
    )
    .option('--request-id <id>', "the provider's id of the request, as its support asks for")
    .option(
      '--since <time>',
      'started at or after this time: 2026-02-23T14:30:00Z, or an age: 15m, 2h, 3d',
      time,
    )
    .option('--until <time>', 'started before this time', time)
    .option('--id-to <id>', 'up to and including this id', idOf)
    .option('--limit <n>', 'maximum number of calls', limitUpTo(10_000), 50)
    .option('--json', 'one JSON object per line')
    .addHelpText(
      'after',
      '\nExamples:\n  npx drop calls list --since 15m --outcome unanswered\n' +
        '  npx drop calls list --provider sumsub --operation access_token --since 2026-02-23 --json',
    )
    .action(list);
  command
    .command('show')
    .description('show one call, with the recorded fields of its bodies')
    .argument('<id>', 'id of the call, as printed by `list`', idOf)
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
  if (nextIdTo !== undefined) process.stderr.write(`More calls match: continue with --id-to ${nextIdTo}\n`);
  if (entries.length === 0) process.stderr.write('No calls found.\n');
}

/** @throws {DropError} `not_found`. */
async function show(id: number, { json }: Json): Promise<void> {
  const call = await onRunningDatabase((context) => showCall(context, id));
  process.stdout.write(json ? `${JSON.stringify(call)}\n` : shownLines(call));
}
