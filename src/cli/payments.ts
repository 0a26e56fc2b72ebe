import { Command } from 'commander';
import { idEndingOf } from '#domain/payment/short-reference.ts';
import { customersNamed } from '#usecases/operate/customers/find.ts';
import { assertCustomer } from '#usecases/operate/named-ids.ts';
import { askBank } from '#usecases/operate/payments/ask-bank.ts';
import { searchPayments } from '#usecases/operate/payments/search.ts';
import { explainPayment } from '#usecases/operate/payments/show.ts';
import { addAuthorName, addAuthor, type AuthorOptions } from './author-options.ts';
import { examples, providers, unanswered } from './filters.ts';
import { jsonLine } from './json-line.ts';
import { addListOptions, printList } from './list.ts';
import { addFilters, type ListOptions } from './payments-filters.ts';
import { uuidOf } from './option-values.ts';
import { amountText, askedText, columns, shownText } from './payments-text.ts';
import { onRunningDatabase } from './running-database.ts';

/** `drop payments`: finds payments, explains one, and has its bank asked. */
export function paymentsCommand(): Command {
  const command = new Command('payments').description(
    'payments of all customers, from DATABASE_URL or the embedded database of a running Drop',
  );
  addList(command);
  addNamed(command, 'show', 'explain one payment and what Drop does next; the access is logged')
    .addHelpText('after', examples(`payments show ${exampleId} --reason "alert of 24 November"`))
    .action(show);
  addNamed(command, 'reconcile', 'have a running Drop ask the bank about one payment now; the act is logged')
    .addHelpText('after', examples(`payments reconcile ${exampleId} --reason "complaint 4711" --as ida`))
    .action(reconcile);
  return command;
}

const exampleId = '0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11';

function addList(command: Command): void {
  const listed = addFilters(
    command
      .command('list')
      .description('list payments, newest first, without names and with masked account numbers'),
  );
  addListOptions(addAuthorName(listed), 'payments', uuidOf)
    .addHelpText(
      'after',
      examples(
        'payments list --status unknown',
        'payments list --bank DNB --since 2h --json',
        'payments list --reference 7K4M-Q2XT',
        'payments list --name Nordmann --reason "complaint 4711"',
      ),
    )
    .action(list);
}

function addNamed(command: Command, name: string, description: string): Command {
  const named = command
    .command(name)
    .description(description)
    .argument('<id>', "Drop's id, the short reference, the end-to-end identification, or the provider's id");
  return addAuthor(named, 'reason for the access, kept for five years').option('--json', 'one JSON object');
}

async function list(options: ListOptions, command: Command): Promise<void> {
  const {
    limit,
    user: userId,
    account: accountNumber,
    trace: traceId,
    reference,
    name,
    reason,
    ...filters
  } = options;
  if (name !== undefined && reason === undefined)
    command.error('error: --name requires --reason <text>, which is recorded');
  const idEnding = reference === undefined ? undefined : idEndingOf(reference);
  let named: readonly string[] | undefined;
  await printList(command, {
    noun: 'payments',
    columns,
    idOf: ({ id }) => id,
    texts: { amount: amountText },
    async search(context) {
      if (userId !== undefined) await assertCustomer(context.store.database, userId);
      if (name !== undefined && reason !== undefined)
        named ??= await customersNamed(context, name, { actorName: options.as, reason });
      const sought = { ...filters, userId, accountNumber, traceId, idEnding, userIds: named };
      return searchPayments(context, sought, limit);
    },
  });
}

/** @throws {DropError} `not_found`. */
async function show(name: string, { reason, as: actorName, json }: AuthorOptions): Promise<void> {
  const explained = await onRunningDatabase((context) =>
    explainPayment(context, { name, providers, unanswered }, { actorName, reason }),
  );
  process.stdout.write(json ? jsonLine(explained) : shownText(explained));
  process.stderr.write(`access logged: ${actorName}, reason: ${reason}\n`);
}

/** @throws {DropError} `not_found`, `invalid_request`. */
async function reconcile(name: string, { reason, as: actorName, json }: AuthorOptions): Promise<void> {
  process.stderr.write('waiting up to 30 s for a running Drop to ask the bank\n');
  const asked = await onRunningDatabase((context) =>
    askBank(context, { name, providers }, { actorName, reason }),
  );
  process.stdout.write(json ? jsonLine(asked) : askedText(asked));
  process.stderr.write(`act logged: ${actorName}, reason: ${reason}\n`);
  if (!asked.isAsked) process.exitCode = 1;
}
