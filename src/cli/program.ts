import { Command, Help, type Option } from 'commander';
import { readMissingSecrets } from '#configuration/secret-values.ts';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { version } from '#configuration/version.ts';
import { auditCommand } from './audit.ts';
import { callsCommand } from './calls.ts';
import { completionCommand } from './completion.ts';
import { customersCommand } from './customers.ts';
import { doctorCommand } from './doctor.ts';
import { drillCommand } from './drill.ts';
import { errorsCommand } from './errors.ts';
import { exitCodesText } from './exit-codes.ts';
import { flagsCommand } from './flags.ts';
import { helpCommand } from './help.ts';
import { incidentsCommand } from './incidents.ts';
import { kycCommand } from './kyc.ts';
import { migrateCommand } from './migrate.ts';
import { monitorsCommand } from './monitors.ts';
import { nationalIdsCommand } from './national-ids.ts';
import { outboxCommand } from './outbox.ts';
import { paymentsCommand } from './payments.ts';
import { plainLines } from './plain.ts';
import { providersCommand } from './providers.ts';
import { secretsCommand } from './secrets.ts';
import { smokeCommand } from './smoke.ts';
import { statusCommand } from './status.ts';
import { webhooksCommand } from './webhooks.ts';

const commands: readonly (() => Command)[] = [
  statusCommand,
  doctorCommand,
  paymentsCommand,
  customersCommand,
  kycCommand,
  webhooksCommand,
  callsCommand,
  outboxCommand,
  providersCommand,
  flagsCommand,
  auditCommand,
  incidentsCommand,
  errorsCommand,
  monitorsCommand,
  smokeCommand,
  drillCommand,
  migrateCommand,
  secretsCommand,
  nationalIdsCommand,
  completionCommand,
  helpCommand,
];

/** The whole command line, with every command. It throws where commander would end the process. */
export function createProgram(): Command {
  const program = new Command('drop')
    .description(
      'Operate Drop from the command line. Data goes to standard output, messages to standard error.',
    )
    .version(version)
    .helpCommand(false)
    .addHelpText('afterAll', ({ command }) => exitCodesText(command));
  // Before a command reads its variables.
  program.hook('preAction', () => readMissingSecrets({ clock: systemClock, entropy: systemEntropy }));
  for (const create of commands) program.addCommand(create());
  return throwing(program);
}

/** An option that must be given says so. */
function optionDescription(this: Help, option: Option): string {
  const text = Help.prototype.optionDescription.call(this, option);
  return option.mandatory ? `${text}; required` : text;
}

/** A usage error quotes what was typed, which may have been pasted. */
const output = {
  writeOut: (text: string) => void process.stdout.write(text),
  writeErr: (text: string) => void process.stderr.write(plainLines(text)),
};

/** An added command inherits neither: without `exitOverride` it would end the process with its own exit code. */
function throwing(command: Command): Command {
  for (const child of command.commands) throwing(child);
  return command.exitOverride().configureOutput(output).configureHelp({ optionDescription });
}
