import { Command } from 'commander';
import { systemClock } from '#domain/clock.ts';
import type { KeptErrorGroup } from '#store/error-groups.ts';
import { resolveError, searchErrors, showError } from '#usecases/operate/errors.ts';
import { addAuthorName } from './author-options.ts';
import { idOf, limitUpTo, timeOrAge } from './option-values.ts';
import { lineOfCells, minuteOf } from './table.ts';
import { onRunningDatabase } from './running-database.ts';

const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  npx drop errors ${line}\n`).join('')}`;

/** `drop errors`: the errors of the log, those of one cause together. */
export function errorsCommand(): Command {
  const command = new Command('errors').description(
    'errors of the log, grouped, from DATABASE_URL or the embedded database of a running Drop',
  );
  command
    .command('list')
    .description('list groups of errors, the one with the newest error first')
    .option(
      '--since <time>',
      'with an error at or after this time, or age: 15m, 2h, 3d',
      timeOrAge(systemClock),
    )
    .option('--all', 'also those that were resolved')
    .option('--limit <n>', 'maximum number of groups', limitUpTo(1_000), 50)
    .option('--json', 'one JSON object per line')
    .addHelpText('after', examples('list', 'list --since 2h --json'))
    .action(list);
  command
    .command('show')
    .description('one group with its latest error: message, stack, ids of request, trace and payment')
    .argument('<id>', 'number of the group', idOf)
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('show 7'))
    .action(show);
  addAuthorName(
    command
      .command('resolve')
      .description('note that the cause is gone; the next such error is alerted again')
      .argument('<id>', 'number of the group', idOf),
  )
    .addHelpText('after', examples('resolve 7 --as ida'))
    .action(resolve);
  return command;
}

interface ListOptions {
  since?: Date;
  all?: true;
  limit: number;
  json?: true;
}

const headLine = lineOfCells('ID'.padStart(5), 'ERRORS'.padStart(7), 'LATEST'.padEnd(17), 'ERROR');

async function list({ json, ...filters }: ListOptions): Promise<void> {
  const found = await onRunningDatabase((context) => searchErrors(context, filters));
  if (!json && found.length > 0) process.stdout.write(headLine);
  process.stdout.write(found.map((group) => (json ? `${JSON.stringify(group)}\n` : lineOf(group))).join(''));
  if (found.length === 0) process.stderr.write('No errors found.\n');
}

function lineOf({ id, errors, lastAt, title, name, code, resolvedAt }: KeptErrorGroup): string {
  const state = resolvedAt === null ? '' : ' (resolved)';
  const text = `${title}: ${name}${code === null ? '' : ` ${code}`}${state}`;
  return lineOfCells(`${id}`.padStart(5), `${errors}`.padStart(7), minuteOf(lastAt), text);
}

async function show(id: number, { json }: { json?: true }): Promise<void> {
  const group = await onRunningDatabase((context) => showError(context, id));
  process.stdout.write(json ? `${JSON.stringify(group)}\n` : shownText(group));
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

async function resolve(id: number, { as: actorName }: { as: string }): Promise<void> {
  await onRunningDatabase((context) => resolveError(context, { id, actorName }));
  process.stderr.write(`resolved: group ${id}, by ${actorName}\n`);
}
