import { Command, Option } from 'commander';
import { soughtOutcomes, type CallFilters } from '#store/outbound-call-search.ts';
import { searchCalls, showCall } from '#usecases/operate/calls.ts';
import { soughtIds, type NamedIds } from '#usecases/operate/named-ids.ts';
import { columns, shownLines } from './calls-text.ts';
import { addIds, addTimes, examples, providers } from './filters.ts';
import { jsonLine } from './json-line.ts';
import { addListOptions, printList } from './list.ts';
import { idOf } from './option-values.ts';
import { onRunningDatabase } from './running-database.ts';

interface Json {
  json?: true;
}

/** The options as commander reads them from the command line. */
interface ListOptions extends NamedIds, Omit<CallFilters, keyof NamedIds> {
  limit: number;
}

/** `drop calls`: the recent calls to providers and their outcomes. */
export function callsCommand(): Command {
  const command = new Command('calls').description(
    'calls to providers in the last 14 days, from DATABASE_URL or the embedded database of a running Drop',
  );
  addFilters(command.command('list').description('list calls, newest first; each retry is a call of its own'))
    .addHelpText(
      'after',
      examples(
        'calls list --since 15m --outcome faulty',
        'calls list --bank DNB --since 15m --outcome failed',
        'calls list --payment 0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11',
        'calls list --provider sumsub --operation access_token --since 2026-02-23 --json',
      ),
    )
    .action(list);
  command
    .command('show')
    .description('show one call, with the recorded fields of its bodies')
    .argument('<id>', 'id of the call, as printed by `list`', idOf)
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('calls show 4711', 'calls show 4711 --json'))
    .action(show);
  return command;
}

function addFilters(command: Command): Command {
  command
    .option('--provider <id>', 'only calls to this provider, e.g. sumsub')
    .option('--operation <name>', 'only calls of this operation, e.g. access_token')
    .option('--bank <bank>', "only calls to this bank: its name, or the provider's id of it")
    .addOption(
      new Option(
        '--outcome <outcome>',
        'status below 400; a 4xx; a 5xx or another failure of the provider or bank; no answer; the last three',
      ).choices(soughtOutcomes),
    );
  addIds(command, 'calls').option(
    '--request-id <id>',
    "only calls of this request, by Drop's id of it, or with this id at the provider",
  );
  return addListOptions(addTimes(command, 'started'), 'calls');
}

async function list(
  { limit, payment, user, trace, requestId, ...filters }: ListOptions,
  command: Command,
): Promise<void> {
  await printList(command, {
    noun: 'calls',
    columns,
    idOf: ({ id }) => `${id}`,
    async search(context) {
      const ids = await soughtIds(context, { payment, user, trace, requestId }, providers);
      return searchCalls(context, { ...filters, ...ids }, limit);
    },
  });
}

/** @throws {DropError} `not_found`. */
async function show(id: number, { json }: Json): Promise<void> {
  const call = await onRunningDatabase((context) => showCall(context, id));
  process.stdout.write(json ? jsonLine(call) : shownLines(call));
}
