import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { assert, DropError } from '#domain/errors.ts';
import { createSumsubMock } from '#services/sumsub/mock.ts';
import { keepBalance, listAccounts } from '#store/bank-accounts.ts';
import { isSuppressed } from '#store/email-addresses.ts';
import { userOf } from '#usecases/sign-in/match-user.ts';
import { verifyAudit } from '#usecases/audit/verify.ts';
import { trustedKeys } from '#usecases/audit/context.ts';
import { closeAccount } from '#usecases/privacy/close-account.ts';
import { saveCreditor } from '#usecases/payments/creditors.ts';
import { reconcileReview } from '#usecases/kyc/reconcile.ts';
import { Secret } from '#domain/secret.ts';
import { waitingForLocks } from '../../support/waiting-for-locks.ts';
import { leavingCustomer, values, type Leaving } from './leaving-customer.ts';

const down = async (): Promise<never> =>
  Promise.reject(new DropError('bank_unavailable', { message: 'down', outcome: 'unknown' }));

async function close({ context, user }: Leaving): Promise<void> {
  await closeAccount(context, user.id, 'customer');
}

async function stepsDone({ context }: Leaving): Promise<string[]> {
  const row = await context.store.database
    .selectFrom('account_closures')
    .select('steps_done')
    .executeTakeFirstOrThrow();
  return row.steps_done;
}

/** The mail worker is not part of these tests: what waits is sent. */
async function sendMails({ context }: Leaving): Promise<string[]> {
  const sent = await context.store.database
    .updateTable('outbox')
    .set({ status: 'delivered', due_at: null, settled_at: context.clock.now() })
    .where('channel', '=', 'mail')
    .where('status', '=', 'waiting')
    .returning('code')
    .execute();
  return sent.map(({ code }) => code);
}

test('an account with a payment that is not over is not closed, and nothing changes', async () => {
  const leaving = await leavingCustomer();
  await leaving.pay('awaiting_authorisation');
  await expect(close(leaving)).rejects.toMatchObject({ code: 'account_has_open_payments' });
  expect(await leaving.count('sessions')).toBe(1);
  expect(await leaving.count('saved_creditors')).toBe(1);
  expect(await leaving.count('account_closures')).toBe(0);
});

test('a balance that is read while the account is closed makes neither fail', async () => {
  const leaving = await leavingCustomer();
  const { context, user } = leaving;
  const { database } = context.store;
  const [account] = await listAccounts(database, user.id, context.clock.now());
  assert(account, 'the customer has an account');
  const money = { amount: 100, currency: 'NOK' };
  const balance = {
    money,
    kind: 'available',
    wireType: 'ITAV',
    at: context.clock.now(),
    isAttended: true,
  } as const;
  const both = await database.transaction().execute(async (transaction) => {
    await transaction
      .selectFrom('bank_accounts')
      .selectAll()
      .where('id', '=', account.id)
      .forUpdate()
      .execute();
    const reading = keepBalance(database, account, balance);
    await expect.poll(() => waitingForLocks(context)).toBe(1);
    const closing = close(leaving);
    await expect.poll(() => waitingForLocks(context)).toBe(2);
    return { ended: Promise.allSettled([reading, closing]) };
  });
  expect((await both.ended).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  expect(await leaving.count('account_closures')).toBe(1);
});

test('an unknown customer cannot be closed', async () => {
  const { context } = await leavingCustomer();
  const unknown = closeAccount(context, '0198c5a2-7c7e-7f6c-9f6a-4f1e2d3c4b5a', 'operator');
  await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
});

test('a customer who never paid is gone once every step is done', async () => {
  const leaving = await leavingCustomer();
  await close(leaving);
  expect(await leaving.count('sessions')).toBe(0);
  expect(await leaving.count('payment_drafts')).toBe(0);
  expect(await sendMails(leaving)).toEqual(['account_closed']);
  await leaving.minute();
  expect(await leaving.count('users')).toBe(0);
  expect(await leaving.count('bank_connections')).toBe(0);
  expect(await leaving.count('account_closures', 'done_at is not null')).toBe(1);
  expect(await leaving.count('former_customers')).toBe(1);
});

test('the log tells each step of a closing, and its end', async () => {
  const leaving = await leavingCustomer();
  await close(leaving);
  await sendMails(leaving);
  await leaving.minute();
  const userId = leaving.user.id;
  const told = leaving.context.logged.filter(({ message }) => message.includes('closing of an account'));
  const steps = ['consents', 'cards', 'applicant', 'files', 'mail'];
  expect(told).toEqual([
    ...steps.map((step) => ({
      level: 'info',
      message: 'a step of the closing of an account is done',
      details: { userId, step },
    })),
    { level: 'info', message: 'the closing of an account is over', details: { userId } },
  ]);
});

test('the consents end at the bank, and the applicant is deactivated', async () => {
  const leaving = await leavingCustomer();
  const ended: string[] = [];
  leaving.bank.provider.ais.revokeConsent = async ({ reference }) => void ended.push(reference);
  const deactivated: string[] = [];
  const { sumsub } = leaving.context.services;
  const applicant = await sumsub.findApplicant(leaving.user.id);
  leaving.context.services.sumsub = {
    ...sumsub,
    deactivateApplicant: async (id) => void deactivated.push(id),
  };
  await close(leaving);
  await leaving.minute();
  expect(ended).toEqual([`consent-${leaving.user.id}`]);
  expect(deactivated).toEqual([applicant?.applicantId]);
});

test('a bank that is down delays the end of its consents, and nothing else', async () => {
  const leaving = await leavingCustomer();
  leaving.bank.provider.ais.revokeConsent = down;
  await close(leaving);
  await sendMails(leaving);
  await leaving.minute();
  expect(await stepsDone(leaving)).toEqual(['request', 'cards', 'applicant', 'files', 'mail']);
  expect(await leaving.count('email_addresses')).toBe(0);
  expect(await leaving.count('bank_connections')).toBe(1);
  leaving.bank.provider.ais.revokeConsent = async () => undefined;
  for (let minute = 0; minute < 4; minute += 1) await leaving.minute();
  expect(await leaving.count('bank_connections')).toBe(0);
  expect(await leaving.count('users')).toBe(0);
});

test('Sumsub being down delays the applicant, and nothing else', async () => {
  const leaving = await leavingCustomer();
  const { sumsub } = leaving.context.services;
  const unavailable = async (): Promise<never> => Promise.reject(new DropError('kyc_unavailable'));
  leaving.context.services.sumsub = { ...sumsub, deactivateApplicant: unavailable };
  await close(leaving);
  await sendMails(leaving);
  await leaving.minute();
  expect(await stepsDone(leaving)).toEqual(['request', 'consents', 'cards', 'files', 'mail']);
  leaving.context.services.sumsub = sumsub;
  for (let minute = 0; minute < 3; minute += 1) await leaving.minute();
  expect(await leaving.count('users')).toBe(0);
});

test('an applicant that Sumsub no longer has does not hold the closing up', async () => {
  const leaving = await leavingCustomer();
  await close(leaving);
  leaving.context.services.sumsub = createSumsubMock({ clock: new ManualClock(), seed: 1 });
  await leaving.minute();
  expect(await stepsDone(leaving)).toContain('applicant');
});

test('the address is kept until the last mail was sent, and is suppressed', async () => {
  const leaving = await leavingCustomer();
  await close(leaving);
  await leaving.minute();
  expect(await leaving.count('email_addresses')).toBe(1);
  expect(await sendMails(leaving)).toEqual(['account_closed']);
  for (let minute = 0; minute < 3; minute += 1) await leaving.minute();
  expect(await leaving.count('email_addresses')).toBe(0);
  expect(await isSuppressed(leaving.context.store.database, values.email)).toBe(true);
});

test('an account is closed once, however often it is asked for', async () => {
  const leaving = await leavingCustomer();
  await Promise.all([close(leaving), close(leaving)]);
  await close(leaving);
  expect(await leaving.count('account_closures')).toBe(1);
  expect(await sendMails(leaving)).toEqual(['account_closed']);
});

test('a process that dies between two steps leaves the others to the next', async () => {
  const leaving = await leavingCustomer();
  const { files } = leaving.context.services;
  const broken = async (): Promise<never> => Promise.reject(new Error('the process is gone'));
  leaving.context.services.files = { ...files, deleteFilesOf: broken };
  await close(leaving);
  await sendMails(leaving);
  await leaving.minute();
  expect(await leaving.count('account_closures', 'done_at is null')).toBe(1);
  leaving.context.services.files = files;
  for (let minute = 0; minute < 3; minute += 1) await leaving.minute();
  expect(await leaving.count('account_closures', 'done_at is not null')).toBe(1);
});

test('a request that was under way when the account was closed writes nothing', async () => {
  const leaving = await leavingCustomer();
  await leaving.pay('settled');
  await close(leaving);
  const saving = saveCreditor(leaving.context, leaving.user, {
    label: 'A',
    name: 'A',
    accountNumber: values.creditorAccount,
  });
  await expect(saving).rejects.toMatchObject({ code: 'not_signed_in' });
  expect(await leaving.count('saved_creditors')).toBe(0);
});

test('news of the applicant of a closed account changes nothing', async () => {
  const leaving = await leavingCustomer();
  await leaving.pay('settled');
  const applicant = await leaving.context.services.sumsub.findApplicant(leaving.user.id);
  await close(leaving);
  const hint = { applicantId: applicant?.applicantId ?? '', presence: 'deactivated' as const };
  await reconcileReview(leaving.context, hint);
  expect(await leaving.count('outbox', "code <> 'account_closed'")).toBe(0);
});

test('a person who signs in again is a new customer', async () => {
  const leaving = await leavingCustomer();
  await leaving.pay('settled');
  const { context, user } = leaving;
  const identity = {
    issuer: 'test',
    subject: values.subject,
    name: values.name,
    birthdate: undefined,
    acr: 'urn:bankid:bid',
    nationalIdentityNumber: new Secret(values.nationalNumber),
  };
  await close(leaving);
  const again = await userOf(context, identity);
  expect(again).not.toBe(user.id);
  expect(await userOf(context, identity)).toBe(again);
});

test('of a customer who has paid, payments and name are kept, and the audit trail stays whole', async () => {
  const leaving = await leavingCustomer();
  await leaving.pay('settled');
  await close(leaving);
  await sendMails(leaving);
  await leaving.minute();
  expect(await leaving.count('account_closures', 'done_at is not null')).toBe(1);
  expect(await leaving.count('users', `name = '${values.name}' and locale is null`)).toBe(1);
  expect(await leaving.count('transactions')).toBe(1);
  expect(await leaving.count('bank_accounts', 'name is null and balance is null')).toBe(1);
  const { context } = leaving;
  const trust = { keys: trustedKeys(context.audit), files: undefined, bucket: undefined };
  const { findings } = await verifyAudit({ ...context.store, clock: context.clock, trust });
  expect(findings.filter(({ fault }) => !fault.startsWith('root'))).toEqual([]);
});
