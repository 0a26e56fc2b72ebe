// `npm run command-reference`: writes `docs/commands.md` from the program's own commands and options.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { Command, Option } from 'commander';
import { createProgram } from '#cli/program.ts';
import { nodesOf, shownOptions } from '#cli/tree.ts';

const page = new URL('../docs/commands.md', import.meta.url);
const begin = '<!-- begin: written by `npm run command-reference` -->';
const end = '<!-- end -->';

/** The page as it is, and as it should be. */
export async function commandPage(): Promise<{ current: string; wanted: string }> {
  const current = readFileSync(page, 'utf8');
  const [before, rest] = current.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/commands.md lacks ${begin} … ${end}`);
  const sections = nodesOf(createProgram()).flatMap(({ path, command }) =>
    path === '' ? [] : [sectionOf(path, command)],
  );
  const text = `${before}${begin}\n\n${sections.join('\n\n')}\n\n${end}${after}`;
  const options = { ...(await resolveConfig(page)), parser: 'markdown' };
  return { current, wanted: await format(text, options) };
}

function sectionOf(path: string, command: Command): string {
  const level = path.includes(' ') ? '###' : '##';
  const given = command.registeredArguments.map((argument) => argumentText(argument));
  const usage = ['npx drop', path, ...given].join(' ');
  const rows = [
    ...command.registeredArguments.map((argument) => [argumentText(argument), argument.description]),
    ...shownOptions(command).map((option) => [option.flags, describe(option)]),
  ];
  const table = rows.map(([name = '', text = '']) => `| \`${name}\` | ${text.replaceAll('|', '\\|')} |`);
  const head = rows.length === 0 ? [] : ['| Argument or option | Meaning |', '| --- | --- |'];
  return [`${level} \`${usage}\``, '', sentence(command.description()), '', ...head, ...table]
    .join('\n')
    .trim();
}

function argumentText(argument: { name(): string; required: boolean; variadic: boolean }): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** The default of an option is told unless the machine decides it. */
function describe(option: Option): string {
  const { description, argChoices, defaultValueDescription, mandatory } = option;
  const defaultValue = option.defaultValue as string | number | undefined;
  const choices = argChoices ? `: ${argChoices.map((choice) => `\`${choice}\``).join(', ')}` : '';
  const isTold = description.includes('(default:');
  const value = defaultValueDescription ?? String(defaultValue);
  const shown = defaultValue === undefined || isTold ? '' : ` (default: ${value})`;
  return `${description}${choices}${shown}${mandatory ? '; required' : ''}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

if (import.meta.main) writeFileSync(page, (await commandPage()).wanted);
