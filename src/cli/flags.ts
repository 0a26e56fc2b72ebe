import { Argument, Command } from 'commander';
import { processEnvironment, readVariable } from '#configuration/environment.ts';
import { flagNames, type FlagName } from '#domain/flags/declared.ts';
import { listFlags, setFlag, showFlag } from '#usecases/operate/flags.ts';
import { addAuthor, type AuthorOptions } from './author-options.ts';
import { examples } from './filters.ts';
import { columns, shownText } from './flags-text.ts';
import { jsonLine } from './json-line.ts';
import { limitUpTo, uuidOf } from './option-values.ts';
import { onRunningDatabase } from './running-database.ts';
import { tableOf } from './table.ts';

const changesShown = 10;

/** `drop flags`: features that are off until an operator switches them on. */
export function flagsCommand(): Command {
  const command = new Command('flags').description(
    'feature flags, for everyone or for one person; each process of Drop follows within ten seconds',
  );
  command
    .command('list')
    .description('every flag, and how it is set')
    .option('--json', 'one JSON object per line')
    .addHelpText('after', examples('flags list'))
    .action(list);
  command
    .command('show')
    .description('one flag: its settings, and the latest changes')
    .addArgument(flagArgument())
    .option('--changes <n>', 'maximum number of changes', limitUpTo(1_000), changesShown)
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('flags show cards'))
    .action(show);
  addSet(command);
  addUnset(command);
  return command;
}

interface SetOptions extends AuthorOptions {
  user?: string;
}

function addSet(command: Command): void {
  const set = command
    .command('set')
    .description('switch a flag on or off; one person’s setting beats that for everyone')
    .addArgument(flagArgument())
    .addArgument(new Argument('<value>', 'on or off').choices(['on', 'off']))
    .option('--user <id>', "Drop's id of the customer; for everyone without it", uuidOf)
    .option('--json', 'the flag as one JSON object, as `flags show` has it');
  addAuthor(set, 'reason for the change, kept with it')
    .addHelpText(
      'after',
      examples(
        'flags set cards on --user 0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11 --reason "pilot 12"',
        'flags set cards off --reason "pilot ended"',
      ),
    )
    .action((flag: FlagName, value: 'on' | 'off', options: SetOptions) =>
      change(flag, value === 'on', options),
    );
}

function addUnset(command: Command): void {
  const unset = command
    .command('unset')
    .description('take a setting away, so that the next wider one decides')
    .addArgument(flagArgument())
    .option('--user <id>', "Drop's id of the customer; the setting for everyone without it", uuidOf)
    .option('--json', 'the flag as one JSON object, as `flags show` has it');
  addAuthor(unset, 'reason for the change, kept with it')
    .addHelpText('after', examples('flags unset cards --reason "as configured"'))
    .action((flag: FlagName, options: SetOptions) => change(flag, undefined, options));
}

async function list({ json }: { json?: true }): Promise<void> {
  const flags = await onRunningDatabase(listFlags);
  const { head, lineOf } = tableOf(columns, flags, process.stdout.columns);
  if (!json) process.stdout.write(head);
  process.stdout.write(flags.map((one) => (json ? jsonLine(one) : lineOf(one))).join(''));
}

async function show(flag: FlagName, { changes, json }: { changes: number; json?: true }): Promise<void> {
  const shown = await onRunningDatabase((context) => showFlag(context, flag, { changes }));
  process.stdout.write(json ? jsonLine(shown) : shownText(shown));
}

async function change(flag: FlagName, isOn: boolean | undefined, options: SetOptions): Promise<void> {
  const { user: userId, reason, as: by, json } = options;
  const act = { flag, userId, isOn, by, reason, isProduction: isProduction() };
  const shown = await onRunningDatabase(async (context) => {
    await setFlag(context, act);
    return showFlag(context, flag, { changes: changesShown });
  });
  if (json) return void process.stdout.write(jsonLine(shown));
  const setting = isOn === undefined ? 'not set' : isOn ? 'on' : 'off';
  process.stdout.write(`${flag}: ${setting} for ${userId ?? 'everyone'}\n`);
}

/**
 * Whether the database is that of a production: as `DROP_ENVIRONMENT` says, whose default is production. Production
 * never has the embedded database.
 */
function isProduction(): boolean {
  const environment = readVariable(processEnvironment, 'DROP_ENVIRONMENT') ?? 'production';
  return environment === 'production' && readVariable(processEnvironment, 'DATABASE_URL') !== undefined;
}

function flagArgument(): Argument {
  return new Argument('<flag>', 'name of the flag').choices(flagNames);
}
