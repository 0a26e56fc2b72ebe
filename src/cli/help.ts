import { Command } from 'commander';
import { examples } from './filters.ts';

/** `drop help calls list`: the help of a command, however deep it is. */
export function helpCommand(): Command {
  return new Command('help')
    .description('display the help of a command, such as `help calls list`')
    .argument('[command...]', 'the command')
    .addHelpText('after', examples('help calls list'))
    .action((words: string[], _options: object, self: Command) => {
      let at = self.parent ?? self;
      for (const word of words) {
        const next = at.commands.find((command) => command.name() === word);
        if (!next) return refuse(at, word);
        at = next;
      }
      at.outputHelp();
    });
}

/** Says that there is no such command, with the one that was probably meant, as the command itself does. */
function refuse(parent: Command, word: string): void {
  if (parent.commands.length > 0) parent.parse([word], { from: 'user' });
  else parent.error(`error: '${parent.name()}' has no command '${word}'`);
}
