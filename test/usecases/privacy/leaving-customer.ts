import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { ManualClock } from '#domain/clock.ts';
import { keepFirstLocale } from '#store/mail-settings.ts';
import { insertUnverified, markVerified } from '#store/own-email-addresses.ts';
import { insertSession } from '#store/sessions.ts';
import { insertUser, setKycStatus, type User } from '#store/users.ts';
import { endOwedConsents } from '#usecases/banking/end-at-provider.ts';
import { initiateVerification } from '#usecases/kyc/verify.ts';
import { saveCreditor } from '#usecases/payments/creditors.ts';
import { keepDraft } from '#usecases/payments/draft.ts';
import { pay } from '#usecases/payments/pay.ts';
import { applyReport } from '#usecases/payments/report.ts';
import { continueClosings } from '#usecases/privacy/continue-closings.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { access, MadeUpBank, report } from '../banking/made-up-bank.ts';
import { linkedBank } from '../payments/linked-bank.ts';

/** Every value that leads to the synthetic person, by what it is. */
export const values = {
  name: 'Ragnhild Prøvesen',
  nationalNumber: '13897412345',
  nationalNumberHash: 'hash-of-13897412345',
  subject: 'bankid-subject-4711',
  email: 'ragnhild@eksempel.test',
  account: '12345678903',
  accountName: 'Brukskonto',
  creditorName: 'Strømselskapet AS',
  creditorAccount: '15032080178',
  savedLabel: 'Husleie til Torvald',
  savedAccount: '86011117947',
  kid: '4711471147114',
  draft: 'kladd til tante Olga',
  userAgent: 'Prøveleser/4711',
  ipAddress: '192.0.2.7',
} as const;

export interface Leaving {
  context: TestContext;
  bank: MadeUpBank;
  user: User;
  /** Orders a payment, and reports its status. */
  pay(status: 'awaiting_authorisation' | 'settled'): Promise<string>;
  /** A minute of the jobs that end what was closed. */
  minute(): Promise<void>;
  count(table: string, condition?: string): Promise<number>;
}

/** A customer with everything that Drop keeps of one. */
export async function leavingCustomer(start = '2026-02-23T14:30:00Z'): Promise<Leaving> {
  const context = await testContext(new ManualClock(new Date(start)));
  const user = await person(context);
  const bank = await MadeUpBank.on(context, user);
  const { database } = context.store;
  await initiateVerification(context, { ...user, kycStatus: 'none' });
  // The mock ends its review by itself.
  context.clock.advance(10_000);
  await setKycStatus(database, user.id, 'approved');
  const { form } = await linkedBank(bank);
  const saved = { label: values.savedLabel, name: 'Torvald', accountNumber: values.savedAccount };
  await saveCreditor(context, user, saved);
  await keepDraft(
    context,
    { id: await sessionOf(context, user), user },
    JSON.stringify({ text: values.draft }),
  );
  let references = 0;
  return {
    context,
    bank,
    user,
    async pay(status) {
      const reference = `payment-${(references += 1)}`;
      bank.provider.pis.initiatePayment = async () => report({ reference });
      const circumstances = {
        idempotencyKey: randomUUID(),
        access,
        locale: 'nb',
        acceptsRepeat: true,
      } as const;
      const paid = { ...form, kid: values.kid };
      const { id } = await pay(context, user, { form: paid, circumstances });
      if (status === 'settled')
        await applyReport(context, id, { report: report({ reference, status }), evidence: 'webhook' });
      return id;
    },
    async minute() {
      context.clock.advance(60_000);
      await endOwedConsents(context);
      await continueClosings(context);
    },
    async count(table, condition = 'true') {
      const { rows } = await sql<{ count: number }>`
        select count(*)::integer as count from ${sql.table(table)} where ${sql.raw(condition)}
      `.execute(database);
      return rows[0]?.count ?? 0;
    },
  };
}

/** The id of the customer's session. */
export async function sessionOf({ store }: TestContext, { id }: User): Promise<string> {
  const found = store.database.selectFrom('sessions').select('id').where('user_id', '=', id);
  return (await found.executeTakeFirstOrThrow()).id;
}

async function person(context: TestContext): Promise<User> {
  const { database } = context.store;
  const at = context.clock.now();
  const user = await insertUser(database, {
    id: randomUUID(),
    nationalIdHash: values.nationalNumberHash,
    nationalIdHashKeyId: '1',
    issuer: 'test',
    subject: values.subject,
    name: values.name,
    at,
  });
  if (!user) throw new RangeError('the person is new');
  await keepFirstLocale(database, user.id, 'nb');
  const [addressId, sessionId] = [randomUUID(), randomUUID()];
  const link = { token: 'link', sealed: 'sealed', expiresAt: at };
  await insertUnverified(database, { id: addressId, userId: user.id, address: values.email, link, at });
  await markVerified(database, addressId, at);
  const expiresAt = new Date(at.getTime() + 3_600_000);
  const session = { id: sessionId, token: sessionId, userId: user.id, userAgent: values.userAgent };
  await insertSession(database, { ...session, at, expiresAt });
  return { ...user, kycStatus: 'approved' };
}
