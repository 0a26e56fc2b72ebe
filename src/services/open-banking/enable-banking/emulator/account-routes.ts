import { Hono, type Context } from 'hono';
import { availableOere, type LedgerAccount } from '#emulation/bank/ledger.ts';
import { spendUnattendedRead } from '#emulation/bank/unattended-reads.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { decimal, describeAccount } from './account-description.ts';
import { profileOf } from './bank-profiles.ts';
import type { Bench } from './bench.ts';
import { isAttended } from './psu-headers.ts';
import { refuse } from './refusal.ts';
import { readUuid } from './request-body.ts';
import { assertAuthorized } from './session-routes.ts';
import type { Session } from './world.ts';

/** `GET /accounts/{account_id}/details` and `/balances`. */
export function accountRoutes(bench: Bench): Hono<EmulatorEnvironment> {
  const { guarded } = bench;
  const routes = new Hono<EmulatorEnvironment>();

  routes.get('/accounts/:uid/details', ...guarded('get_account_details'), (c) => {
    const { account } = openAccount(c, 'details', bench);
    return c.json(describeAccount(c.req.param('uid'), account));
  });

  routes.get('/accounts/:uid/balances', ...guarded('get_balances'), (c) => {
    const { account, session } = openAccount(c, 'balances', bench);
    if (!session.access.balances) throw refuse('ACCESS_DENIED', 'the consent does not include balances');
    return c.json({ balances: describeBalances(account, bench.context.clock.now()) });
  });

  return routes;
}

export interface OpenedAccount {
  account: LedgerAccount;
  session: Session;
}

/** The account of a call's path. Without the customer, a read of `endpoint` is counted; undefined counts none. */
export function openAccount(
  c: Context<EmulatorEnvironment>,
  endpoint: string | undefined,
  bench: Bench,
): OpenedAccount {
  const uid = readUuid(c, 'uid');
  const session = bench
    .world()
    .consents.find(({ accounts }) => accounts.some(({ reference }) => reference === uid));
  const account = session?.accounts.find(({ reference }) => reference === uid)?.account;
  if (session === undefined || account === undefined) throw refuse('ACCOUNT_DOES_NOT_EXIST');
  const now = bench.context.clock.now();
  assertAuthorized(session, now);
  const attended = isAttended(c.req.header(), profileOf(session.bank).requiredPsuHeaders ?? []);
  const isCounted = !attended && endpoint !== undefined;
  if (isCounted && !spendUnattendedRead(bench.world(), account, { kind: endpoint, now }))
    throw refuse('ASPSP_RATE_LIMIT_EXCEEDED');
  return { account, session };
}

/** The balance that counts credit comes first, as it may in real life: whoever takes the first one shows credit. */
function describeBalances(account: LedgerAccount, now: Date): unknown[] {
  const available = availableOere(account);
  const balance = (name: string, balance_type: string, oere: number): unknown => ({
    name,
    balance_type,
    balance_amount: { currency: account.currency, amount: decimal(oere) },
    last_change_date_time: null,
    reference_date: now.toISOString().slice(0, 10),
  });
  const withCredit = balance('Disponibelt', 'ITAV', available + account.creditLimitOere);
  return [
    ...(account.creditLimitOere > 0 ? [withCredit] : []),
    balance('Bokført', 'ITBD', account.bookedOere),
    balance('Disponibelt', 'ITAV', available),
  ];
}
