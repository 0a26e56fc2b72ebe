import { Command } from 'commander';
import type { ErrorFilters, KeptErrorGroup } from '#store/error-groups.ts';
import { resolveError, searchErrors, showError } from '#usecases/operate/errors.ts';
import { actorOf, addAct, type ActOptions } from './author-options.ts';
import { addTimes, examples } from './filters.ts';
import { jsonLine } from './json-line.ts';
import { addListOptions, printList } from './list.ts';
import { idOf } from './option-values.ts';
import { lineOfCells, minuteOf, type Column } from './table.ts';
import { onRunningDatabase } from './running-database.ts';

/** `drop errors`: the errors of the log, those of one cause together. */
export function errorsCommand(): Command {
  const command = new Command('errors').description(
    'errors of the log, grouped, from DATABASE_URL or the embedded database of a running Drop',
  );
  const listed = command
    .command('list')
    .description('list groups of errors, the one with the newest error first')
    .option('--all', 'also those that were resolved');
  addListOptions(addTimes(listed, 'with an error'), 'errors')
    .addHelpText('after', examples('errors list --since 2h --json', 'errors list --follow'))
    .action(list);
  command
    .command('show')
    .description('one group with its latest error: message, stack, ids of request, trace and payment')
    .argument('<id>', 'number of the group', idOf)
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('errors show 7'))
    .action(show);
  addAct(
    command
      .command('resolve')
      .description('note that the cause is gone; the next such error is alerted again')
      .argument('<id>', 'number of the group', idOf)
      .option('--json', 'the group as one JSON object'),
  )
    .addHelpText('after', examples('errors resolve 7 --as ida'))
    .action(resolve);
  return command;
}

const columns: readonly Column<KeptErrorGroup>[] = [
  { title: 'ID', of: ({ id }) => `${id}`, min: 5, right: true },
  { title: 'ERRORS', of: ({ errors }) => `${errors}`, min: 7, right: true },
  { title: 'LATEST', of: ({ lastAt }) => minuteOf(lastAt) },
  { title: 'ERROR', of: nameOf },
];

function nameOf({ title, name, code, resolvedAt }: KeptErrorGroup): string {
  return `${title}: ${name}${code === null ? '' : ` ${code}`}${resolvedAt === null ? '' : ' (resolved)'}`;
}

async function list(
  { limit, ...filters }: ErrorFilters & { limit: number },
  command: Command,
): Promise<void> {
  await printList(command, {
    noun: 'errors',
    columns,
    idOf: ({ id }) => `${id}`,
    search: (context) => searchErrors(context, filters, limit),
  });
}

async function show(id: number, { json }: { json?: true }): Promise<void> {
  const group = await onRunningDatabase((context) => showError(context, id));
  process.stdout.write(json ? jsonLine(group) : shownText(group));
}

function shownText(group: KeptErrorGroup): string {
  const { id, title, errors, firstAt, firstRelease, lastAt, lastRelease, example, resolvedAt } = group;
  const resolved = resolvedAt && `${minuteOf(resolvedAt)} by ${group.resolvedBy ?? ''}`;
  return [
    lineOfCells(`Group ${id}: ${title}`),
    lineOfCells('Errors  ', `${errors}`),
    lineOfCells('First   ', `${minuteOf(firstAt)}, Drop ${firstRelease}`),
    lineOfCells('Latest  ', `${minuteOf(lastAt)}, Drop ${lastRelease}`),
    lineOfCells('Resolved', resolved ?? 'no'),
    lineOfCells('Place   ', group.place === '' ? 'unknown' : group.place),
    '\nThe latest\n',
    lineOfCells(' ', `${group.name}${group.code === null ? '' : ` ${group.code}`}: ${example.message}`),
    ...example.stack.map((frame) => lineOfCells('   ', frame)),
    ...Object.entries(example.about).map(([name, value]) => lineOfCells(' ', name.padEnd(12), value)),
  ].join('');
}

async function resolve(id: number, options: ActOptions & { json?: true }): Promise<void> {
  const group = await onRunningDatabase(async (context) => {
    await resolveError(context, { id, ...actorOf(options) });
    return showError(context, id);
  });
  if (options.json) process.stdout.write(jsonLine(group));
  else process.stderr.write(`resolved: group ${id}, by ${options.as}\n`);
}
