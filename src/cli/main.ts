import { Command, CommanderError } from 'commander';
import { isDropError } from '#domain/errors.ts';
import { redactText } from '#domain/redaction.ts';
import { version } from '#configuration/version.ts';
import { auditCommand } from './audit.ts';
import { callsCommand } from './calls.ts';
import { incidentsCommand } from './incidents.ts';
import { kycCommand } from './kyc.ts';
import { migrateCommand } from './migrate.ts';
import { nationalIdsCommand } from './national-ids.ts';
import { outboxCommand } from './outbox.ts';
import { paymentsCommand } from './payments.ts';
import { providersCommand } from './providers.ts';
import { secretsCommand } from './secrets.ts';
import { smokeCommand } from './smoke.ts';
import { webhooksCommand } from './webhooks.ts';

/** Exit codes of every command. */
export const exitCodes = { success: 0, failure: 1, usage: 2 } as const;

const program = new Command('drop')
  .description(
    'Operate Drop from the command line. Data goes to standard output, messages to standard error.',
  )
  .version(version)
  .addHelpText('afterAll', '\nExit codes: 0 success, 1 failure, 2 wrong use of the command line.')
  .exitOverride()
  .configureOutput({
    writeOut: (text) => process.stdout.write(text),
    writeErr: (text) => process.stderr.write(text),
  });

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader, such as `head`, has closed the pipe because it needs no more output.
    if (error.code !== 'EPIPE') throw error;
  });
}

// Node would print the exception as it is.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${redactText(error.stack ?? String(error))}\n`);
  process.exit(exitCodes.failure);
});

const commands = [
  smokeCommand(),
  nationalIdsCommand(),
  secretsCommand(),
  migrateCommand(),
  kycCommand(),
  paymentsCommand(),
  webhooksCommand(),
  callsCommand(),
  outboxCommand(),
  providersCommand(),
  auditCommand(),
  incidentsCommand(),
];
for (const command of commands) program.addCommand(throwing(command));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** An added command does not inherit `exitOverride` and would end the process with its own exit code. */
function throwing(command: Command): Command {
  for (const child of command.commands) throwing(child);
  return command.exitOverride();
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
  const message = isDropError(error) || error instanceof Error ? error.message : String(error);
  process.stderr.write(`${redactText(message)}\n`);
  return exitCodes.failure;
}
