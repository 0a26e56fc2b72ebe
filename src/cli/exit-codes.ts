import type { Command } from 'commander';

const usual = '0 success, 1 failure, 2 wrong use of the command line';
const own = new WeakMap<Command, string>();

/** Has the help of a command tell exit codes of its own. */
export function withExitCodes(command: Command, codes: string): Command {
  own.set(command, codes);
  return command;
}

/** The last line of the help of a command. */
export function exitCodesText(command: Command): string {
  return `\nExit codes: ${own.get(command) ?? usual}.`;
}
