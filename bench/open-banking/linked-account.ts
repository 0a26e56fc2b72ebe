import { randomUUID } from 'node:crypto';
import { Visitor } from '../../src/cli/visitor.ts';
import { Secret } from '../../src/domain/secret.ts';
import type { AttendedAccess } from '../../src/services/open-banking/service.ts';
import { listAccounts, type BankAccount } from '../../src/store/bank-accounts.ts';
import { insertUser, setKycStatus, type User } from '../../src/store/users.ts';
import { returnFromBank } from '../../src/usecases/banking/return-from-bank.ts';
import { startConnection } from '../../src/usecases/banking/link-bank.ts';
import type { UseCaseContext } from '../../src/usecases/context.ts';
import { pay } from '../../src/usecases/payments/pay.ts';

export const access: AttendedAccess = { kind: 'attended', ipAddress: '192.0.2.7', userAgent: 'Bench/1.0' };
export const locale = 'nb';
/** The number is synthetic. */
export const customer = { name: 'Kari Test', nationalIdentityNumber: new Secret('13878099999') };
export const bankName = 'DNB';
const pagesMax = 10;

export interface LinkedAccount {
  user: User;
  account: BankAccount;
}

export async function insertCustomer({ store, entropy, clock }: UseCaseContext): Promise<User> {
  const id = entropy.uuid();
  const named = { nationalIdHash: id, nationalIdHashKeyId: '1', issuer: 'bench', subject: id };
  const person = { ...named, id, name: customer.name, at: clock.now() };
  const user = await insertUser(store.database, person);
  if (user === undefined) throw new RangeError('a new id makes a new customer');
  await setKycStatus(store.database, id, 'approved');
  return { ...user, kycStatus: 'approved' };
}

/** Links a new customer's account at `provider`, as a customer with a browser does. */
export async function linkAccount(context: UseCaseContext, provider: string): Promise<LinkedAccount> {
  const user = await insertCustomer(context);
  const { openBanking } = context.services;
  const pinned = openBanking.pinned(provider);
  const services = { ...context.services, openBanking: { ...openBanking, forNewConsent: () => pinned } };
  const there = { ...context, services };
  const bank = (await pinned.ais?.listBanks())?.find(({ name }) => name === bankName);
  const request = { bankId: bank?.id ?? '', access, locale, customer } as const;
  const { next } = await startConnection(there, user, request);
  if (next.kind !== 'redirect') throw new RangeError(`${provider} sends the customer to the bank`);
  const parameters = await approve(next.url, context.bankCallbackUrlAt(provider));
  await returnFromBank(there, user, { parameters, access });
  const [account] = await listAccounts(context.store.database, user.id, context.clock.now());
  if (account === undefined) throw new RangeError(`the consent at ${provider} has an account`);
  return { user, account };
}

/** Approves on each page of the bank until it sends the customer back; returns with what it does. */
export async function approve(url: string, callbackUrl: string): Promise<URLSearchParams> {
  const visitor = new Visitor(callbackUrl);
  let page = await visitor.visit(url, { headers: { accept: 'text/html' } });
  for (let pages = 0; pages < pagesMax && !page.url.href.startsWith(callbackUrl); pages += 1)
    page = await visitor.press(page, 'approve');
  await visitor.close();
  return page.url.searchParams;
}

/** Orders a payment from the account, which the customer does not approve. */
export async function beginPayment(
  context: UseCaseContext,
  { user, account }: LinkedAccount,
): Promise<unknown> {
  return pay(context, user, {
    form: {
      accountId: account.id,
      amount: { amount: 12_500, currency: 'NOK' },
      creditor: { name: 'Nordlys', accountNumber: '95360573002' },
      kid: undefined,
      text: undefined,
    },
    circumstances: { idempotencyKey: randomUUID(), access, locale, customer, acceptsRepeat: true },
  });
}
