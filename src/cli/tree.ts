import type { Command, Option } from 'commander';

/** A command of the program, by the words that lead to it. */
export interface Node {
  /** For example `calls list`; empty for the program. */
  path: string;
  command: Command;
  /** The commands and options that may follow. */
  words: readonly string[];
}

/** Every command of the program, a command before those below it. */
export function nodesOf(program: Command, path = ''): Node[] {
  const words = [...program.commands.map((command) => command.name()), ...flagsOf(program)];
  const below = program.commands.flatMap((command) => nodesOf(command, `${path} ${command.name()}`.trim()));
  return [{ path, command: program, words }, ...below];
}

/** The options of a command that its help shows. */
export function shownOptions(command: Command): Option[] {
  return command.options.filter(({ hidden }) => !hidden);
}

function flagsOf(command: Command): string[] {
  return [...shownOptions(command).flatMap(({ long }) => long ?? []), '--help'];
}
