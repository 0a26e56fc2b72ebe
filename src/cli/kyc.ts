import { userInfo } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { explainVerification } from '#usecases/operate/verification.ts';
import { kycText } from './kyc-text.ts';
import { authorOf, reasonOf } from './option-values.ts';
import { onRunningDatabase } from './running-database.ts';

interface ShowOptions {
  reason: string;
  as: string;
  json?: true;
}

/** `drop kyc`: explains the status of a customer's verification. */
export function kycCommand(): Command {
  const command = new Command('kyc').description("the history of a customer's verification");
  command
    .command('show')
    .description('explain the verdict on a customer; the access is logged')
    .argument('<user id>', "Drop's id of the customer", uuidOf)
    .requiredOption('--reason <text>', 'reason for the access, kept for five years', reasonOf)
    .option(
      '--as <name>',
      'your name (default: your user name on this machine)',
      authorOf,
      userInfo().username,
    )
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  npx drop kyc show 0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11 --reason "alert of 24 November"\n' +
        '  npx drop kyc show 0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11 --reason "complaint 4711" --as ida --json',
    )
    .action(show);
  return command;
}

async function show(userId: string, { reason, as: actorName, json }: ShowOptions): Promise<void> {
  const explained = await onRunningDatabase((context) =>
    explainVerification(context, userId, { actorName, reason }),
  );
  process.stdout.write(json ? `${JSON.stringify(explained)}\n` : kycText(explained));
  process.stderr.write(`access logged: ${actorName}, reason: ${reason}\n`);
}

function uuidOf(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('It must be a UUID, as shown in alerts and in the log.');
}
