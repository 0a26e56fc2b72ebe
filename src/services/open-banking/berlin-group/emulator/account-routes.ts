import { Hono } from 'hono';
import { availableOere, spendableOere, type LedgerAccount } from '#emulation/bank/ledger.ts';
import { spendUnattendedRead } from '#emulation/bank/unattended-reads.ts';
import { consentStatusAt } from '#emulation/bank/world.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { ibanFromAccountNumber } from '#domain/banking/account-number.ts';
import { findConsent } from './consent-routes.ts';
import { refuse } from './refusal.ts';
import { bankOf, hasFix, linkTo, type BankContext } from './requests.ts';
import { pageOfTransactions } from './transactions.ts';
import type { Bench, Consent } from './world.ts';

/** `/v1/accounts` of every bank: what the consent in `Consent-ID` opens. */
export function accountRoutes(bench: Bench): Hono<EmulatorEnvironment> {
  const { guarded, context, world } = bench;
  const routes = new Hono<EmulatorEnvironment>();

  routes.get('/:bank/v1/accounts', ...guarded('list_accounts'), (c) => {
    const { accounts, readsTransactions } = validConsent(c, bench);
    return c.json({ accounts: accounts.map((each) => describeAccount(c, each, readsTransactions)) });
  });

  routes.get('/:bank/v1/accounts/:id/balances', ...guarded('read_balances'), (c) => {
    const account = sharedAccount(c, validConsent(c, bench));
    spendRead(c, bench, { account, kind: 'balances' });
    const reference = { bban: account.accountNumber, currency: account.currency };
    return c.json({ account: reference, balances: balancesOf(c, account, context.clock.now()) });
  });

  routes.get('/:bank/v1/accounts/:id/transactions', ...guarded('read_transactions'), (c) => {
    const consent = validConsent(c, bench);
    const { dialect } = bankOf(c);
    const account = sharedAccount(c, consent);
    if (!consent.readsTransactions)
      throw refuse(dialect.errors, 'CONSENT_INVALID', 'the consent does not cover transactions');
    // The pages of one reading are one reading.
    if (c.req.query('page') === undefined) spendRead(c, bench, { account, kind: 'transactions' });
    return c.json(pageOfTransactions(c, account, { world: world(), now: context.clock.now() }));
  });

  return routes;
}

function sharedAccount(c: BankContext, { accounts }: Consent): LedgerAccount {
  const { dialect } = bankOf(c);
  const found = accounts.find(({ reference }) => dialect.accountId(reference) === c.req.param('id'));
  if (found) return found.account;
  throw refuse(dialect.errors, 'RESOURCE_UNKNOWN', 'there is no such account');
}

function spendRead(
  c: BankContext,
  { world, context }: Bench,
  { account, kind }: { account: LedgerAccount; kind: string },
): void {
  const isAttended = c.req.header('psu-ip-address') !== undefined;
  const spent = { kind, now: context.clock.now() };
  if (isAttended || spendUnattendedRead(world(), account, spent)) return;
  throw refuse(bankOf(c).dialect.errors, 'ACCESS_EXCEEDED', 'four reads a day without the customer');
}

/** ISO 20022, external cash account type. */
const cashAccountTypes = { current: 'CACC', savings: 'SVGS', card: 'CARD' } as const satisfies Record<
  LedgerAccount['kind'],
  string
>;

function validConsent(c: BankContext, bench: Bench): Consent {
  const { dialect } = bankOf(c);
  const consent = findConsent(c, bench, c.req.header('consent-id') ?? '');
  const status = consentStatusAt(consent, bench.context.clock.now());
  if (status === 'active') return consent;
  if (status === 'expired') throw refuse(dialect.errors, 'CONSENT_EXPIRED', 'the consent has expired');
  throw refuse(dialect.errors, 'CONSENT_INVALID', 'the consent is not valid');
}

function describeAccount(
  c: BankContext,
  { reference, account }: Consent['accounts'][number],
  readsTransactions: boolean,
): object {
  const id = bankOf(c).dialect.accountId(reference);
  const path = `/v1/accounts/${encodeURIComponent(id)}`;
  return {
    resourceId: id,
    bban: account.accountNumber,
    iban: ibanFromAccountNumber(account.accountNumber),
    currency: account.currency,
    name: account.name,
    cashAccountType: cashAccountTypes[account.kind],
    status: 'enabled',
    usage: 'PRIV',
    ownerName: account.holder,
    _links: {
      balances: linkTo(c, `${path}/balances`),
      ...(readsTransactions && { transactions: linkTo(c, `${path}/transactions`) }),
    },
  };
}

/** The trap of the standard's own example: a second `interimAvailable` counts the credit limit. */
function balancesOf(c: BankContext, account: LedgerAccount, now: Date): object[] {
  const time = { lastChangeDateTime: now.toISOString() };
  const { currency } = account;
  const amount = (oere: number): object => ({ currency, amount: decimal(c, oere) });
  const withCredit = {
    balanceAmount: amount(spendableOere(account)),
    balanceType: 'interimAvailable',
    creditLimitIncluded: true,
    ...time,
  };
  return [
    { balanceAmount: amount(account.bookedOere), balanceType: 'interimBooked', ...time },
    ...(account.creditLimitOere > 0 ? [withCredit] : []),
    {
      balanceAmount: amount(availableOere(account)),
      balanceType: 'interimAvailable',
      creditLimitIncluded: false,
      ...time,
    },
  ];
}

/** A number where the bank has yet to make it a text. */
function decimal(c: BankContext, oere: number): string | number {
  return hasFix(c, 'amount-as-string') ? (oere / 100).toFixed(2) : oere / 100;
}
