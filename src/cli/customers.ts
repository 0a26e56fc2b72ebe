import { Command } from 'commander';
import { findCustomers } from '#usecases/operate/customers/find.ts';
import { eraseCustomer } from '#usecases/operate/customers/erase.ts';
import { showCustomer } from '#usecases/operate/customers/show.ts';
import { addAuthor, type AuthorOptions } from './author-options.ts';
import { columns, shownText } from './customers-text.ts';
import { examples } from './filters.ts';
import { jsonLine } from './json-line.ts';
import { uuidOf } from './option-values.ts';
import { onRunningDatabase } from './running-database.ts';
import { tableOf } from './table.ts';

const reason = 'reason for the access, kept for five years';

/** `drop customers`: finds customers and shows what is kept of one, masked. */
export function customersCommand(): Command {
  const command = new Command('customers').description(
    'customers, masked, from DATABASE_URL or the embedded database of a running Drop; each access is logged',
  );
  const find = command
    .command('find')
    .description('find customers, the newest first; the access is logged')
    .argument(
      '<text>',
      "Drop's id, a provider's id (applicant, consent, payment), an account number, an e-mail address, or a part " +
        'of the name',
    );
  addAuthor(find, reason)
    .option('--json', 'one JSON object per line')
    .addHelpText(
      'after',
      examples(
        'customers find "Nordmann" --reason "complaint 4711"',
        'customers find 15032080178 --reason "call"',
      ),
    )
    .action(findMatching);
  const show = command
    .command('show')
    .description('show consents, accounts, payments and accesses of a customer; the access is logged')
    .argument('<id>', "Drop's id of the customer", uuidOf);
  addAuthor(show, reason)
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      examples('customers show 0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11 --reason "complaint 4711" --as ida'),
    )
    .action(showOne);
  const erase = command
    .command('erase')
    .description('close the account of a customer for good and erase what the law does not require; logged')
    .argument('<id>', "Drop's id of the customer", uuidOf);
  addAuthor(erase, 'reason for the erasure, kept for five years')
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      examples(
        'customers erase 0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11 --reason "request of 30 November" --as ida',
      ),
    )
    .action(eraseOne);
  return command;
}

async function findMatching(
  text: string,
  { reason: why, as: actorName, json }: AuthorOptions,
): Promise<void> {
  const found = await onRunningDatabase((context) =>
    findCustomers(context, text, { actorName, reason: why }),
  );
  const { head, lineOf } = tableOf(columns, found, process.stdout.columns);
  if (found.length > 0 && !json) process.stdout.write(head);
  process.stdout.write(found.map((one) => (json ? jsonLine(one) : lineOf(one))).join(''));
  if (found.length === 0) process.stderr.write('No customers found.\n');
  process.stderr.write(`access logged: ${actorName}, reason: ${why}\n`);
}

/** @throws {DropError} `not_found`, `account_has_open_payments`. */
async function eraseOne(id: string, { reason: why, as: actorName, json }: AuthorOptions): Promise<void> {
  await onRunningDatabase((context) => eraseCustomer(context, id, { actorName, reason: why }));
  const result = { customer: id, closed: true };
  process.stdout.write(json ? jsonLine(result) : `closed: ${id}\n`);
  process.stderr.write(
    'A running Drop ends the consents and erases the data, beginning within two minutes.\n',
  );
  process.stderr.write(`erasure logged: ${actorName}, reason: ${why}\n`);
}

/** @throws {DropError} `not_found`. */
async function showOne(id: string, { reason: why, as: actorName, json }: AuthorOptions): Promise<void> {
  const shown = await onRunningDatabase((context) => showCustomer(context, id, { actorName, reason: why }));
  process.stdout.write(json ? jsonLine(shown) : shownText(shown));
  process.stderr.write(`access logged: ${actorName}, reason: ${why}\n`);
}
