import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { Command, InvalidArgumentError, Option } from 'commander';
import { DropError } from '#domain/errors.ts';
import type { RoutingPolicy } from '#domain/routing/policy.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import type { RoutingChange } from '#store/routing/changes.ts';
import type { OperatorContext } from '#usecases/operate/context.ts';
import {
  appliedPolicy,
  applyPolicy,
  applyShare,
  resumed,
  resumeMove,
  rollBack,
  rolledBack,
  stopMove,
  stopped,
  withShare,
  type Act,
} from '#usecases/operate/routing/change.ts';
import { planPolicy } from '#usecases/operate/routing/plan.ts';
import { readPolicy } from '#usecases/operate/routing/read-policy.ts';
import { routingStatus } from '#usecases/operate/routing/status.ts';
import { addAuthor } from './author-options.ts';
import { jsonLine } from './json-line.ts';
import { limitUpTo } from './option-values.ts';
import { addParity } from './providers-parity.ts';
import { examples } from './filters.ts';
import { changeText, planText, statusText } from './providers-text.ts';
import { onRunningDatabase } from './running-database.ts';

const providerIds = openBankingProviders.map(({ id }) => id);
const simulatedPayments = 1_000;
const policyBytesMax = 1_048_576;

/** `drop providers`: which open banking provider serves the consents that are begun. */
export function providersCommand(): Command {
  const command = new Command('providers').description('which open banking provider serves new consents');
  addStatus(command);
  addPlan(command);
  addApply(command);
  addRollback(command);
  addStop(command);
  addParity(command);
  return command;
}

function addStatus(command: Command): void {
  command
    .command('status')
    .description(
      'the policy in force, its last changes, and what each provider still serves; changes nothing',
    )
    .option('--changes <n>', 'maximum number of changes', limitUpTo(1_000), 10)
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('providers status', 'providers status --json'))
    .action(async ({ changes, json }: { changes: number; json?: true }) => {
      const status = await onRunningDatabase((context) => routingStatus(context, { changes }));
      print(json, status, statusText(status));
    });
}

function addPlan(command: Command): void {
  command
    .command('plan')
    .description('what a policy would change, tried on past payments; changes nothing')
    .argument('<file>', 'the policy, as JSON; - reads standard input')
    .option('--payments <n>', 'how many of the newest payments to try', limitUpTo(100_000), simulatedPayments)
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('providers plan policy.json', 'providers plan - --json < policy.json'))
    .action(async (file: string, { payments, json }: { payments: number; json?: true }) => {
      const policy = readPolicy(await textOf(file), providerIds);
      const plan = await onRunningDatabase(async (context) =>
        planPolicy(context, await appliedPolicy(context, policy), { payments }),
      );
      print(json, plan, planText(plan));
    });
}

interface ChangeOptions {
  reason: string;
  as: string;
  dryRun?: true;
  yes?: true;
  json?: true;
}

function addChange(command: Command, name: string, description: string): Command {
  const named = command.command(name).description(description);
  return addAuthor(named, 'reason for the change, kept with it')
    .option('--dry-run', 'print what would change and change nothing')
    .option('--yes', 'confirm')
    .option('--json', 'one JSON object');
}

const toOption = (): Option =>
  new Option('--to <provider>', 'the move to this provider').choices(providerIds);

function addApply(command: Command): void {
  addChange(command, 'apply', 'put a policy in force, or another share of the one in force')
    .argument('[file]', 'the policy, as JSON; - reads standard input')
    .option('--share <percent>', 'instead of a file: the share of a move, from 0 to 100', shareOf)
    .addOption(toOption())
    .addHelpText(
      'after',
      examples(
        'providers apply policy.json --reason "new customers at Nordea" --dry-run',
        'providers apply --share 25 --reason "a week without a fault" --yes',
      ),
    )
    .action(async (file: string | undefined, options: ApplyOptions, self: Command) => {
      if ((file === undefined) === (options.share === undefined))
        self.error('error: give either a file or --share');
      const { to, share: sharePercent = 0 } = options;
      if (file === undefined)
        return change(options, self, {
          policy: async (context) => (await withShare(context, { to, sharePercent })).policy,
          make: (context, act) => applyShare(context, { to, sharePercent }, act),
        });
      const policy = readPolicy(await textOf(file), providerIds);
      return change(options, self, {
        policy: (context) => appliedPolicy(context, policy),
        make: (context, act) => applyPolicy(context, policy, act),
      });
    });
}

interface ApplyOptions extends ChangeOptions {
  share?: number;
  to?: string;
}

function addRollback(command: Command): void {
  addChange(
    command,
    'rollback',
    'bring back the policy before the one in force; moves that are stopped stay so',
  )
    .addHelpText('after', examples('providers rollback --reason "balances differ" --yes'))
    .action((options: ChangeOptions, self: Command) =>
      change(options, self, {
        policy: async (context) => (await rolledBack(context)).policy,
        make: rollBack,
      }),
    );
}

function addStop(command: Command): void {
  addChange(command, 'stop', 'let a move take no customer any more')
    .addOption(toOption())
    .addHelpText('after', examples('providers stop --reason "incident 4711" --yes'))
    .action((options: ApplyOptions, self: Command) =>
      change(options, self, {
        policy: async (context) => (await stopped(context, options.to, options)).policy,
        make: (context, act) => stopMove(context, options.to, act),
      }),
    );
  addChange(command, 'resume', 'let a stopped move take customers again')
    .addOption(toOption())
    .addHelpText('after', examples('providers resume --reason "mended" --yes'))
    .action((options: ApplyOptions, self: Command) =>
      change(options, self, {
        policy: async (context) => (await resumed(context, options.to)).policy,
        make: (context, act) => resumeMove(context, options.to, act),
      }),
    );
}

/** Makes a change that is confirmed, or shows what it would put in force. */
async function change(
  { reason, as: by, dryRun, yes, json }: ChangeOptions,
  command: Command,
  {
    policy,
    make,
  }: {
    policy: (context: OperatorContext) => Promise<RoutingPolicy | undefined>;
    make: (context: OperatorContext, act: Act) => Promise<RoutingChange>;
  },
): Promise<void> {
  if (dryRun === yes) command.error('error: give either --dry-run or --yes');
  if (!dryRun) {
    const made = await onRunningDatabase((context) => make(context, { by, reason }));
    return print(json, made, changeText(made));
  }
  const plan = await onRunningDatabase(async (context) =>
    planPolicy(context, await policy(context), { payments: simulatedPayments }),
  );
  print(json, plan, planText(plan));
}

function print(json: true | undefined, value: object, text: string): void {
  process.stdout.write(json ? jsonLine(value) : text);
}

async function textOf(file: string): Promise<string> {
  try {
    const read = await text(createReadStream(file === '-' ? '/dev/stdin' : file, { end: policyBytesMax }));
    if (Buffer.byteLength(read) <= policyBytesMax) return read;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new DropError('invalid_request', { message: `${file} cannot be read: ${code}`, cause });
  }
  throw new DropError('invalid_request', { message: `${file} is larger than ${policyBytesMax} bytes` });
}

function shareOf(text: string): number {
  const share = Number(text);
  if (text.trim() !== '' && share >= 0 && share <= 100) return share;
  throw new InvalidArgumentError('It must be a number from 0 to 100.');
}
