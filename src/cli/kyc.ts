import { Command } from 'commander';
import { explainVerification } from '#usecases/operate/verification.ts';
import { addAuthor } from './author-options.ts';
import { jsonLine } from './json-line.ts';
import { kycText } from './kyc-text.ts';
import { uuidOf } from './option-values.ts';
import { onRunningDatabase } from './running-database.ts';

interface ShowOptions {
  reason: string;
  as: string;
  json?: true;
}

/** `drop kyc`: explains the status of a customer's verification. */
export function kycCommand(): Command {
  const command = new Command('kyc').description("the history of a customer's verification");
  const show = command
    .command('show')
    .description('explain the verdict on a customer; the access is logged')
    .argument('<user id>', "Drop's id of the customer", uuidOf);
  addAuthor(show, 'reason for the access, kept for five years')
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  npx drop kyc show 0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11 --reason "alert of 24 November"\n' +
        '  npx drop kyc show 0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11 --reason "complaint 4711" --as ida --json',
    )
    .action(showVerification);
  return command;
}

async function showVerification(userId: string, { reason, as: actorName, json }: ShowOptions): Promise<void> {
  const explained = await onRunningDatabase((context) =>
    explainVerification(context, userId, { actorName, reason }),
  );
  process.stdout.write(json ? jsonLine(explained) : kycText(explained));
  process.stderr.write(`access logged: ${actorName}, reason: ${reason}\n`);
}
