import { Command } from 'commander';

/** `drop help calls list`: the help of a command, however deep it is. */
export function helpCommand(): Command {
  return new Command('help')
    .description('display the help of a command, such as `help calls list`')
    .argument('[command...]', 'the command')
    .action((words: string[], _options, self: Command) => {
      let at = self.parent ?? self;
      for (const word of words) {
        const next = at.commands.find((command) => command.name() === word);
        if (!next) return self.error(`error: unknown command '${words.join(' ')}'`);
        at = next;
      }
      at.outputHelp();
    });
}
