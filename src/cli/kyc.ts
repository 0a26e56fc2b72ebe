import { userInfo } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { explainVerification } from '#usecases/operate/verification.ts';
import { kycText } from './kyc-text.ts';
import { onRunningDatabase } from './running-database.ts';

interface ShowOptions {
  reason: string;
  as: string;
  json?: true;
}

/** `drop kyc`: why a customer's verification stands where it does. */
export function kycCommand(): Command {
  const command = new Command('kyc').description('how the verification of a customer came about');
  command
    .command('show')
    .description('explains the verdict on a customer, and writes down that you looked')
    .argument('<user id>', "Drop's id of the customer", uuidOf)
    .requiredOption('--reason <text>', 'why you look; kept for five years', reasonOf)
    .option('--as <name>', 'who looks (default: who you are on this machine)', userInfo().username)
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
  process.stderr.write(`written down: ${actorName} looked, because: ${reason}\n`);
}

function uuidOf(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('a UUID, as in alerts and in the log.');
}

const reasonLengthMax = 500;

function reasonOf(text: string): string {
  const reason = text.trim();
  if (reason !== '' && reason.length <= reasonLengthMax) return reason;
  throw new InvalidArgumentError(`some words, at most ${reasonLengthMax} characters.`);
}
