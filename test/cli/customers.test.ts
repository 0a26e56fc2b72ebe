import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createProgram } from '#cli/program.ts';
import { purgeAccesses } from '#jobs/purge.ts';
import { readUnlinked } from '#store/audit/unlinked.ts';
import { insertUnverified } from '#store/own-email-addresses.ts';
import { customersNamed, findCustomers } from '#usecases/operate/customers/find.ts';
import { eraseCustomer } from '#usecases/operate/customers/erase.ts';
import { showCustomer } from '#usecases/operate/customers/show.ts';
import { customer } from '../support/context.ts';
import { report } from '../usecases/banking/made-up-bank.ts';
import { linkedBank } from '../usecases/payments/linked-bank.ts';
import { drop } from './program.ts';

const author = { actorName: 'ida', reason: 'complaint 4711' };

/** A customer with an account, a payment, an applicant and an address, beside another one. */
async function world() {
  const { bank, send } = await linkedBank();
  const { context, user, provider } = bank;
  const { database } = context.store;
  await customer(context);
  await database.updateTable('users').set({ name: 'Åse Nordmann' }).where('id', '=', user.id).execute();
  provider.pis.initiatePayment = async () => report({ reference: 'payment-1' });
  const payment = await send();
  const at = context.clock.now();
  const link = { token: 't', sealed: 's', expiresAt: at };
  await insertUnverified(database, {
    id: randomUUID(),
    userId: user.id,
    address: 'Ase.N@example.com',
    link,
    at,
  });
  const applicant = {
    user_id: user.id,
    level_name: 'basic',
    applicant_id: 'applicant-1',
    kyc_status: 'approved',
  };
  await database
    .insertInto('kyc_applicants')
    .values({ ...applicant, can_retry: false, reject_labels: [], checked_at: at, stands_since: at } as never)
    .execute();
  const accesses = () => database.selectFrom('customer_access_log').selectAll().orderBy('id').execute();
  const account = payment.order.debtorAccountNumber;
  return { context, database, user, account, accesses };
}

test('a customer is found by every id, account, address and name, masked, and each search is logged', async () => {
  const { context, database, user, account, accesses } = await world();
  const sought = [
    [user.id, 'id'],
    ['applicant-1', 'provider_id'],
    ['payment-1', 'provider_id'],
    ['consent-1', 'provider_id'],
    [account, 'account'],
    ['ase.n@EXAMPLE.com', 'email'],
    [' nordm ', 'name'],
  ] as const;
  for (const [text] of sought)
    expect(await findCustomers(context, text, author), text).toEqual([
      expect.objectContaining({ id: user.id, name: 'Å••• N•••', email: 'A•••@example.com' }),
    ]);
  const at = context.clock.now();
  const logged = sought.map(([, subject]) => ({
    user_id: user.id,
    what: 'search',
    subject,
    why: author.reason,
    at,
  }));
  expect(await accesses()).toMatchObject(logged);
  const day = { since: new Date(at.getTime() - 1), until: new Date(at.getTime() + 1) };
  expect((await readUnlinked(database, day)).filter(({ table }) => table === 'customer_access_log')).toEqual(
    [],
  );
});

test('a search without a result is logged without the text', async () => {
  const { context, accesses } = await world();
  expect(await findCustomers(context, 'Kari Ukjent', author)).toEqual([]);
  const logged = await accesses();
  expect(logged).toMatchObject([{ user_id: null, what: 'search', subject: 'name' }]);
  expect(JSON.stringify(logged)).not.toContain('Ukjent');
});

test('a name that too many customers have is refused', async () => {
  const { context } = await world();
  for (let count = 0; count < 50; count += 1) await customer(context);
  await expect(findCustomers(context, 'Test', author)).rejects.toMatchObject({ code: 'invalid_request' });
});

test('payments are searched by the name of their customer, which is logged', async () => {
  const { context, user, accesses } = await world();
  expect(await customersNamed(context, 'nordmann', author)).toEqual([user.id]);
  await expect(customersNamed(context, 'nobody', author)).rejects.toMatchObject({ code: 'not_found' });
  expect(await accesses()).toMatchObject([{ user_id: user.id }, { user_id: null }]);
});

test('a customer is shown with masks and with who looked', async () => {
  const { context, user, account } = await world();
  const shown = await showCustomer(context, user.id, author);
  expect(shown).toMatchObject({
    name: 'Å••• N•••',
    emails: [{ address: 'A•••@example.com', status: 'unverified' }],
    applicants: [{ applicantId: 'applicant-1' }],
    consents: [{ provider: 'made-up', status: 'active' }],
    accounts: [{ accountNumber: expect.stringMatching(/^•\d{4}$/) as string }],
    payments: [{ status: 'awaiting_authorisation', count: 1 }],
    accesses: [{ actorName: 'ida', what: 'data', why: 'complaint 4711' }],
  });
  expect(JSON.stringify(shown)).not.toContain(account);
});

test('a customer who does not exist is said, and nothing is logged', async () => {
  const { context, accesses } = await world();
  await expect(showCustomer(context, randomUUID(), author)).rejects.toMatchObject({ code: 'not_found' });
  expect(await accesses()).toEqual([]);
});

test('entries of the access log cannot be changed, and are kept for five years', async () => {
  const { context, database, user, accesses } = await world();
  await showCustomer(context, user.id, author);
  const change = database.updateTable('customer_access_log').set({ why: 'x' }).execute();
  await expect(change).rejects.toThrow('only ever added to');
  await purgeAccesses(context);
  expect(await accesses()).toHaveLength(1);
});

test.each([
  ['customers', 'find', 'Nordmann'],
  ['customers', 'show', randomUUID()],
  ['payments', 'list', '--name', 'Nordmann'],
])('%s %s requires a reason', async (...words) => {
  const program = createProgram();
  const command = program.commands.find((each) => each.name() === words[0]);
  for (const each of command?.commands ?? []) each.configureOutput({ writeErr: () => undefined });
  await expect(program.parseAsync(words, { from: 'user' })).rejects.toThrow('--reason');
});

test('the program prints a table or JSON lines, and says that the access is logged', async () => {
  const { context, user } = await world();
  const find = ['customers', 'find', 'Nordmann', '--reason', 'call', '--as', 'ida'];
  const { code, output, errors } = await drop(find, { DATABASE_URL: context.store.url });
  expect([code, errors]).toEqual([0, 'access logged: ida, reason: call\n']);
  expect(output).toMatch(new RegExp(`^ID +NAME +VERIFIED +E-MAIL +SINCE\n${user.id}  Å••• N•••`));
});

test('an operator closes an account, which is logged with the reason', async () => {
  const { context, database, user, accesses } = await world();
  await database.updateTable('transactions').set({ status: 'settled', due_at: null }).execute();
  const erase = [
    'customers',
    'erase',
    user.id,
    '--reason',
    'request of 30 November',
    '--as',
    'ida',
    '--json',
  ];
  const { code, output } = await drop(erase, { DATABASE_URL: context.store.url });
  expect([code, JSON.parse(output)]).toEqual([0, { customer: user.id, closed: true }]);
  expect(await accesses()).toMatchObject([
    { user_id: user.id, what: 'data', subject: 'erasure', why: 'request of 30 November', actor_name: 'ida' },
  ]);
  const closing = await database.selectFrom('account_closures').selectAll().executeTakeFirst();
  expect(closing).toMatchObject({ user_id: user.id, asked_by: 'operator', done_at: null });
});

test('an operator does not close an account with a payment that is not over, and nothing is logged', async () => {
  const { context, user, accesses } = await world();
  const erase = eraseCustomer(context, user.id, author);
  await expect(erase).rejects.toMatchObject({ code: 'account_has_open_payments' });
  expect(await accesses()).toEqual([]);
});
