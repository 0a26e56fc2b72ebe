import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { authorOf, reasonOf } from './option-values.ts';

/** Adds the options by which an operator says who acts and why. `reason` is the help of the latter. */
export function addAuthor(command: Command, reason: string): Command {
  return addAuthorName(command.requiredOption('--reason <text>', reason, reasonOf));
}

/** Adds the option by which an operator says who acts. */
export function addAuthorName(command: Command): Command {
  const { username } = userInfo();
  return command.option(
    '--as <name>',
    'your name (default: your user name on this machine)',
    authorOf,
    username,
  );
}
