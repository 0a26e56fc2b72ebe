import { userInfo } from 'node:os';
import { Option, type Command } from 'commander';
import { processEnvironment, readVariable } from '#configuration/environment.ts';
import { authorOf, reasonOf } from './option-values.ts';

/** The options of a command that reads personal data of one thing, or acts on it. */
export interface AuthorOptions {
  reason: string;
  as: string;
  json?: true;
}

/** Adds the options by which an operator says who acts and why. `reason` is the help of the latter. */
export function addAuthor(command: Command, reason: string): Command {
  return addAuthorName(command.requiredOption('--reason <text>', reason, reasonOf));
}

/** The options of an act that may be explained. */
export interface ActOptions {
  as: string;
  reason?: string;
}

/** Adds the options by which an operator says who acts and, if there is something to say, why. */
export function addAct(command: Command): Command {
  return addAuthorName(command.option('--reason <text>', 'reason, which is recorded', reasonOf));
}

/** The operator of these options. */
export function actorOf({ as: actorName, reason }: ActOptions): {
  actorName: string;
  reason: string | undefined;
} {
  return { actorName, reason };
}

/** Adds the option by which an operator says who acts. */
export function addAuthorName(command: Command): Command {
  // Under sudo the operator is the user that typed it.
  const username = readVariable(processEnvironment, 'SUDO_USER') ?? userInfo().username;
  return command.addOption(
    new Option('--as <name>', 'your name')
      .argParser(authorOf)
      .default(username, 'your user name on this machine'),
  );
}
