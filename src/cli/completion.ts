import { Argument, Command } from 'commander';
import { scripts } from './completion-scripts.ts';
import { examples } from './filters.ts';
import { nodesOf } from './tree.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

/** `drop completion`: the script by which a shell completes `drop` and `npx drop`. */
export function completionCommand(): Command {
  return new Command('completion')
    .description('print the script with which a shell completes commands and options')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText(
      'after',
      `${examples('completion bash > ~/.local/share/bash-completion/completions/drop')}\n\n` +
        'To use it at once: source <(npx drop completion bash). In zsh likewise, after compinit. In fish:\n' +
        'npx drop completion fish | source.',
    )
    .action((shell: Shell, _options, self: Command) => {
      process.stdout.write(scripts[shell](nodesOf(self.parent ?? self)));
    });
}
