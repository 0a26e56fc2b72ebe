import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { availableOere, type LedgerAccount } from '#emulation/bank/ledger.ts';
import { statementOf, type StatementEntry } from '#emulation/bank/statement.ts';
import { spendUnattendedRead } from '#emulation/bank/unattended-reads.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { consentOfToken } from './consent-state.ts';
import { refuse } from './requests.ts';
import type { Bench } from './world.ts';

const pageSize = 20;

const query = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  page: z.coerce.number().int().min(1).default(1),
});

/** The readings that the application makes of an account: its balance, and its transactions. */
export function accountRoutes(bench: Bench): Hono<EmulatorEnvironment> {
  const { context, guarded, world } = bench;
  const routes = new Hono<EmulatorEnvironment>();

  routes.get('/v1/accounts/:ref/balance', ...guarded('read_balance'), (c) => {
    const account = accountOf(c, bench);
    spendRead(c, account, 'balance');
    return c.json({ available: availableOere(account), currency: account.currency });
  });

  routes.get('/v1/accounts/:ref/transactions', ...guarded('read_transactions'), (c) => {
    const account = accountOf(c, bench);
    const parsed = query.safeParse(c.req.query());
    if (!parsed.success) throw refuse(400, 'request_invalid');
    const { from, to, page } = parsed.data;
    // The pages of one reading are one reading.
    if (page === 1) spendRead(c, account, 'transactions');
    const now = context.clock.now();
    const entries = statementOf(account, { world: world(), now }).filter(
      ({ day }) => day >= from && day <= to,
    );
    const shown = entries.slice((page - 1) * pageSize, page * pageSize);
    const isMore = entries.length > page * pageSize;
    return c.json({
      transactions: shown.map((entry) => describe(entry, account)),
      next_page: isMore ? `${page + 1}` : null,
    });
  });

  return routes;

  function spendRead(c: Context<EmulatorEnvironment>, account: LedgerAccount, kind: string): void {
    const isAttended = c.req.header('x-customer-address') !== undefined;
    if (isAttended || spendUnattendedRead(world(), account, { kind, now: context.clock.now() })) return;
    throw refuse(429, 'bank_limit');
  }
}

function accountOf(c: Context<EmulatorEnvironment>, bench: Bench): LedgerAccount {
  const { accounts } = consentOfToken(c.req.header('x-consent-token'), bench);
  const found = accounts.find(({ reference }) => reference === c.req.param('ref'));
  if (found === undefined) throw refuse(404, 'account_unknown');
  return found.account;
}

function describe(entry: StatementEntry, { currency }: LedgerAccount): object {
  return {
    entry_id: entry.reference,
    state: entry.status === 'booked' ? 'booked' : 'reserved',
    direction: entry.amountOere < 0 ? 'out' : 'in',
    amount: Math.abs(entry.amountOere),
    currency,
    day: entry.day,
    other_account: entry.counterpartyAccountNumber ?? null,
    kid: entry.kid ?? null,
    end_to_end_id: entry.endToEndId ?? null,
  };
}
