import { Command } from 'commander';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { askBank } from '#usecases/operate/payments/ask-bank.ts';
import { searchPayments } from '#usecases/operate/payments/search.ts';
import { explainPayment } from '#usecases/operate/payments/show.ts';
import { addAuthor } from './author-options.ts';
import { limitUpTo } from './option-values.ts';
import { addFilters, type ListOptions } from './payments-filters.ts';
import { askedText, headLine, lineOf, nextPageOf, shownText } from './payments-text.ts';
import { onRunningDatabase } from './running-database.ts';

const providers = openBankingProviders.map(({ id }) => id);
const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  npx drop payments ${line}\n`).join('')}`;

/** `drop payments`: finds payments, explains one, and has its bank asked. */
export function paymentsCommand(): Command {
  const command = new Command('payments').description(
    'payments of all customers, from DATABASE_URL or the embedded database of a running Drop',
  );
  addList(command);
  addNamed(command, 'show', 'explain one payment and what Drop does next; the access is logged')
    .addHelpText('after', examples(`show ${exampleId} --reason "alert of 24 November"`))
    .action(show);
  addNamed(command, 'reconcile', 'have a running Drop ask the bank about one payment now; the act is logged')
    .addHelpText('after', examples(`reconcile ${exampleId} --reason "complaint 4711" --as ida`))
    .action(reconcile);
  return command;
}

const exampleId = '0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11';

function addList(command: Command): void {
  addFilters(
    command
      .command('list')
      .description('list payments, newest first, without names and with masked account numbers'),
  )
    .option('--limit <n>', 'maximum number of payments', limitUpTo(10_000), 50)
    .option('--json', 'one JSON object per line')
    .addHelpText('after', examples('list --status unknown', 'list --bank DNB --since 2h --json'))
    .action(list);
}

function addNamed(command: Command, name: string, description: string): Command {
  const named = command
    .command(name)
    .description(description)
    .argument('<id>', "Drop's id, the end-to-end identification, or the provider's id of the payment");
  return addAuthor(named, 'reason for the access, kept for five years').option('--json', 'one JSON object');
}

async function list(options: ListOptions, command: Command): Promise<void> {
  const { limit, json, user: userId, account: accountNumber, ...filters } = options;
  const { since, until } = filters;
  if (since && until && since >= until) command.error('error: --until must be after --since');
  const { entries, nextAfter } = await onRunningDatabase((context) =>
    searchPayments(context, { ...filters, userId, accountNumber }, limit),
  );
  if (!json && entries.length > 0) process.stdout.write(headLine);
  process.stdout.write(
    entries.map((entry) => (json ? `${JSON.stringify(entry)}\n` : lineOf(entry))).join(''),
  );
  if (nextAfter !== undefined) process.stderr.write(nextPageOf(options, nextAfter));
  if (entries.length === 0) process.stderr.write('No payments found.\n');
}

interface NamedOptions {
  json?: true;
  reason: string;
  as: string;
}

/** @throws {DropError} `not_found`. */
async function show(name: string, { reason, as: actorName, json }: NamedOptions): Promise<void> {
  const explained = await onRunningDatabase((context) =>
    explainPayment(context, { name, providers }, { actorName, reason }),
  );
  process.stdout.write(json ? `${JSON.stringify(explained)}\n` : shownText(explained));
  process.stderr.write(`access logged: ${actorName}, reason: ${reason}\n`);
}

/** @throws {DropError} `not_found`, `invalid_request`. */
async function reconcile(name: string, { reason, as: actorName, json }: NamedOptions): Promise<void> {
  process.stderr.write('waiting up to 30 s for a running Drop to ask the bank\n');
  const asked = await onRunningDatabase((context) =>
    askBank(context, { name, providers }, { actorName, reason }),
  );
  process.stdout.write(json ? `${JSON.stringify(asked)}\n` : askedText(asked));
  process.stderr.write(`act logged: ${actorName}, reason: ${reason}\n`);
  if (!asked.isAsked) process.exitCode = 1;
}
