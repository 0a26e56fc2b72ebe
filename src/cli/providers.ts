import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { DropError } from '#domain/errors.ts';
import type { RoutingPolicy } from '#domain/routing/policy.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import type { RoutingChange } from '#store/routing/changes.ts';
import type { OperatorContext } from '#usecases/operate/context.ts';
import {
  applyPolicy,
  policyBefore,
  resumeMove,
  rollBack,
  stopMove,
  withShare,
  type Act,
} from '#usecases/operate/routing/change.ts';
import { planPolicy, type RoutingPlan } from '#usecases/operate/routing/plan.ts';
import { readPolicy } from '#usecases/operate/routing/read-policy.ts';
import { routingStatus } from '#usecases/operate/routing/status.ts';
import { limitUpTo } from './option-values.ts';
import { addParity } from './providers-parity.ts';
import { changeText, planText, statusText } from './providers-text.ts';
import { onRunningDatabase } from './running-database.ts';

const providerIds = openBankingProviders.map(({ id }) => id);
const simulatedPayments = 1_000;
const reasonLengthMax = 500;
const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  npx drop ${line}\n`).join('')}`;

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
    .description('the policy in force, its last changes, and what each provider still serves')
    .option('--changes <n>', 'maximum number of changes', limitUpTo(1_000), 10)
    .option('--json', 'one JSON object')
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
      const plan = await onRunningDatabase((context) => planPolicy(context, policy, { payments }));
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
  return command
    .command(name)
    .description(description)
    .requiredOption('--reason <text>', 'reason for the change, kept with it', reasonOf)
    .option('--as <name>', 'your name (default: your user name on this machine)', userInfo().username)
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
      await change(options, self, {
        policy: (context) => wanted(context, file, options),
        make: async (context, act) => applyPolicy(context, await wanted(context, file, options), act),
      });
    });
}

interface ApplyOptions extends ChangeOptions {
  share?: number;
  to?: string;
}

async function wanted(
  context: OperatorContext,
  file: string | undefined,
  { share, to }: ApplyOptions,
): Promise<RoutingPolicy> {
  if (file !== undefined) return readPolicy(await textOf(file), providerIds);
  return withShare(context, { to, sharePercent: share ?? 0 });
}

function addRollback(command: Command): void {
  addChange(command, 'rollback', 'bring back the policy before the last one that still stands')
    .addHelpText('after', examples('providers rollback --reason "balances differ" --yes'))
    .action((options: ChangeOptions, self: Command) =>
      change(options, self, {
        policy: async (context) => (await policyBefore(context)).policy,
        make: rollBack,
      }),
    );
}

function addStop(command: Command): void {
  const stopped = {
    stop: 'let a move take no customer any more',
    resume: 'let a stopped move take customers again',
  };
  for (const [name, description] of Object.entries(stopped)) {
    const act = name === 'stop' ? stopMove : resumeMove;
    addChange(command, name, description)
      .addOption(toOption())
      .addHelpText('after', examples(`providers ${name} --reason "incident 4711" --yes`))
      .action((options: ApplyOptions, self: Command) =>
        change(options, self, { policy: undefined, make: (context, who) => act(context, options.to, who) }),
      );
  }
}

/** Makes a change that is confirmed, or shows it; `policy` is undefined where there is nothing to plan. */
async function change(
  { reason, as: by, dryRun, yes, json }: ChangeOptions,
  command: Command,
  {
    policy,
    make,
  }: {
    policy: ((context: OperatorContext) => Promise<RoutingPolicy | undefined>) | undefined;
    make: (context: OperatorContext, act: Act) => Promise<RoutingChange>;
  },
): Promise<void> {
  if (dryRun === yes) command.error('error: give either --dry-run or --yes');
  if (!dryRun) {
    const made = await onRunningDatabase((context) => make(context, { by, reason }));
    return print(json, made, changeText(made));
  }
  const plan = await onRunningDatabase(async (context): Promise<RoutingPlan | undefined> => {
    if (policy) return planPolicy(context, await policy(context), { payments: simulatedPayments });
    return undefined;
  });
  if (plan) print(json, plan, planText(plan));
  else process.stdout.write('The move would be changed; nothing else would.\n');
}

function print(json: true | undefined, value: object, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : text);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file === '-' ? '/dev/stdin' : file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new DropError('invalid_request', { message: `${file} cannot be read: ${code}`, cause });
  }
}

function shareOf(text: string): number {
  const share = Number(text);
  if (text.trim() !== '' && share >= 0 && share <= 100) return share;
  throw new InvalidArgumentError('It must be a number from 0 to 100.');
}

function reasonOf(text: string): string {
  const reason = text.trim();
  if (reason !== '' && reason.length <= reasonLengthMax) return reason;
  throw new InvalidArgumentError(`It must be a text of at most ${reasonLengthMax} characters.`);
}
