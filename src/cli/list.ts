import type { Command } from 'commander';
import { systemClock } from '#domain/clock.ts';
import type { OperatorContext } from '#usecases/operate/context.ts';
import { follow, untilStopped } from './follow.ts';
import { jsonLine } from './json-line.ts';
import { unknownProviderText } from './known-providers.ts';
import { nextPage } from './next-page.ts';
import { idOf, limitUpTo } from './option-values.ts';
import { onRunningDatabase } from './running-database.ts';
import { tableOf, type Column } from './table.ts';

interface ListOptions {
  json?: true;
  follow?: true;
}

/** Entries of a list; the next page begins after the one that `nextAfter` names, if there is one. */
export interface FoundPage<Entry> {
  entries: readonly Entry[];
  nextAfter: string | number | undefined;
}

/** A list of the database that a command prints. */
export interface List<Entry> {
  /** The name of its entries, in the plural. */
  noun: string;
  columns: readonly Column<Entry>[];
  idOf(entry: Entry): string;
  search(context: OperatorContext): Promise<FoundPage<Entry>>;
  /** Turns the values of options back into what is typed for them. */
  texts?: Readonly<Record<string, (value: never) => string>>;
}

/** Adds the options that every list has. `placeOf` reads the entry after which the page begins. */
export function addListOptions(
  command: Command,
  noun: string,
  placeOf: (text: string) => unknown = idOf,
): Command {
  return command
    .option(
      '--after <id>',
      `${noun} after this one in the list, as the line about more ${noun} has it`,
      placeOf,
    )
    .option('--limit <n>', `maximum number of ${noun}`, limitUpTo(10_000), 50)
    .option('--follow', `print ${noun} as they come and change, until Ctrl-C`)
    .option('--json', 'one JSON object per line');
}

/** Prints a list, and on standard error how to get the rest of it. */
export async function printList<Entry>(command: Command, list: List<Entry>): Promise<void> {
  const options = command.opts<ListOptions>();
  const write = (text: string): void => void process.stdout.write(text);
  if (options.follow) return followList(list, { json: options.json === true, write });
  const { entries, nextAfter } = await onRunningDatabase((context) => list.search(context));
  const { head, lineOf } = linesOf(list, entries, options.json === true);
  write([...(entries.length > 0 ? [head] : []), ...entries.map(lineOf)].join(''));
  if (entries.length === 0) process.stderr.write(`No ${list.noun} found.\n${unknownProviderText(command)}`);
  if (nextAfter !== undefined)
    process.stderr.write(`More ${list.noun} match: ${nextPage(command, { after: nextAfter }, list.texts)}\n`);
}

function linesOf<Entry>(
  { columns }: List<Entry>,
  entries: readonly Entry[],
  json: boolean,
): { head: string; lineOf(entry: Entry): string } {
  if (json) return { head: '', lineOf: (entry) => jsonLine(entry) };
  return tableOf(columns, entries, process.stdout.columns);
}

async function followList<Entry>(
  list: List<Entry>,
  { json, write }: { json: boolean; write: (text: string) => void },
): Promise<void> {
  const signal = untilStopped();
  await onRunningDatabase(async (context) => {
    const read = async () => (await list.search(context)).entries;
    const { head, lineOf } = linesOf(list, await read(), json);
    write(head);
    await follow({ read, idOf: list.idOf, lineOf, write }, { clock: systemClock, signal });
  });
}
