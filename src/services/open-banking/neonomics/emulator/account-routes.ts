import { Hono } from 'hono';
import { ibanFromAccountNumber } from '#domain/banking/account-number.ts';
import { availableOere, type LedgerAccount } from '#emulation/bank/ledger.ts';
import { spendUnattendedRead } from '#emulation/bank/unattended-reads.ts';
import { consentStatusAt } from '#emulation/bank/world.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { codes, refuse, refuseAtGateway } from './refusal.ts';
import { isAttended, sessionOf } from './requests.ts';
import { newId, type Bench, type Session } from './world.ts';

/** The accounts of a consent, and their balances. */
export function accountRoutes(bench: Bench): Hono<EmulatorEnvironment> {
  const { guarded, world, context } = bench;
  const routes = new Hono<EmulatorEnvironment>();

  routes.get('/ics/v3/accounts', ...guarded('list_accounts'), (c) => {
    const session = consented(sessionOf(c, bench), bench);
    isAttended(c);
    return c.json(session.accounts.map(describeAccount));
  });

  routes.get('/ics/v3/accounts/:id', ...guarded('get_account'), (c) => {
    const session = consented(sessionOf(c, bench), bench);
    return c.json(describeAccount(sharedAccount(session, c.req.param('id'))));
  });

  routes.get('/ics/v3/accounts/:id/balances', ...guarded('get_balances'), (c) => {
    const session = consented(sessionOf(c, bench), bench);
    const { account } = sharedAccount(session, c.req.param('id'));
    if (
      !isAttended(c) &&
      !spendUnattendedRead(world(), account, { kind: 'balances', now: context.clock.now() })
    )
      throw refuseAtGateway(429, 'too_many_requests');
    return c.json(describeBalances(account));
  });

  return routes;
}

/** The error says no more than that a consent is needed: not whether there was one, nor why it ended. */
function consented(session: Session, bench: Bench): Session {
  const { context } = bench;
  if (bench.plans.share && session.status === 'pending') shareFormer(session, bench);
  const isActive = consentStatusAt(session, context.clock.now()) === 'active';
  if (isActive && session.paymentId === undefined) return session;
  const { reference } = session;
  const href = `${context.origin}/ics/v3/consent/${reference}?scope=accounts`;
  throw refuse(codes.consentRequired, 'consent is required', { rel: 'consent', href, id: reference });
}

/** A new session reaches the consent that the customer gave the bank before. */
function shareFormer(session: Session, { world, context }: Bench): void {
  const former = world().consents.find(
    (each) =>
      each !== session &&
      each.device === session.device &&
      each.bank.slug === session.bank.slug &&
      each.paymentId === undefined &&
      consentStatusAt(each, context.clock.now()) === 'active',
  );
  if (former === undefined) return;
  session.status = 'active';
  session.validUntil = former.validUntil;
  session.accounts = former.accounts.map(({ account }) => ({ reference: newId(), account }));
}

function sharedAccount(session: Session, id: string): Session['accounts'][number] {
  const found = session.accounts.find(({ reference }) => reference === id);
  if (found === undefined) throw refuse(codes.accountInvalid, 'no such account in this consent');
  return found;
}

function describeAccount({ reference, account }: Session['accounts'][number]): object {
  return {
    id: reference,
    iban: ibanFromAccountNumber(account.accountNumber),
    bban: account.accountNumber,
    accountName: account.name,
    accountType: 'CURRENT',
    ownerName: account.holder,
    displayName: account.name,
    balances: describeBalances(account),
  };
}

/** The balance that counts credit comes first, as it may in real life. */
function describeBalances(account: LedgerAccount): object[] {
  const available = availableOere(account);
  const balance = (type: string, oere: number): object => ({
    amount: decimal(oere),
    currency: 'NOK',
    type,
  });
  return [
    ...(account.creditLimitOere > 0
      ? [balance('INTERIM_AVAILABLE', available + account.creditLimitOere)]
      : []),
    balance('INTERIM_AVAILABLE', available),
    balance('INTERIM_BOOKED', account.bookedOere),
  ];
}

export function decimal(oere: number): string {
  return (oere / 100).toFixed(2);
}
