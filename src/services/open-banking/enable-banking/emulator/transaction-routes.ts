import { Hono, type Context } from 'hono';
import { statementOf, type StatementEntry } from '#emulation/bank/statement.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { openAccount, type OpenedAccount } from './account-routes.ts';
import type { Bench } from './bench.ts';
import { refuse, refuseForm } from './refusal.ts';
import { describeTransaction } from './transaction-description.ts';
import { periodOf, transactionQuery, type TransactionQuery } from './transaction-query.ts';
import { hashOf } from './world.ts';

/** A page as some banks have it: a client that reads only the first page misses the most of a quarter. */
const pageSize = 20;

/** `GET /accounts/{account_id}/transactions` and `/transactions/{transaction_id}`. */
export function transactionRoutes(bench: Bench): Hono<EmulatorEnvironment> {
  const { guarded } = bench;
  const routes = new Hono<EmulatorEnvironment>();

  routes.get('/accounts/:uid/transactions', ...guarded('get_transactions'), (c) => {
    const parsed = transactionQuery.safeParse(c.req.query());
    if (!parsed.success) throw refuseForm('query', parsed.error);
    const { continuation_key } = parsed.data;
    // The pages of one reading are one reading.
    const opened = openWithTransactions(c, bench, { isContinued: continuation_key !== undefined });
    return c.json(pageOf(opened, parsed.data, bench));
  });

  routes.get('/accounts/:uid/transactions/:transactionId', ...guarded('get_transaction'), (c) => {
    const { account } = openWithTransactions(c, bench, { isContinued: false });
    const now = bench.context.clock.now();
    const entries = statementOf(account, { world: bench.world(), now });
    const found = entries.find(({ reference }) => reference === c.req.param('transactionId'));
    if (found === undefined) throw refuse('TRANSACTION_DOES_NOT_EXIST');
    return c.json(describeTransaction(found, account));
  });

  return routes;
}

function openWithTransactions(
  c: Context<EmulatorEnvironment>,
  bench: Bench,
  { isContinued }: { isContinued: boolean },
): OpenedAccount {
  const opened = openAccount(c, isContinued ? undefined : 'transactions', bench);
  if (!opened.session.access.transactions)
    throw refuse('ACCESS_DENIED', 'the consent does not include transactions');
  return opened;
}

function pageOf(
  opened: OpenedAccount,
  query: TransactionQuery,
  { world, context }: Bench,
): Record<string, unknown> {
  const now = context.clock.now();
  const period = periodOf(query, now);
  const entries = statementOf(opened.account, { world: world(), now }).filter(
    (entry) => entry.day >= period.from && entry.day <= period.to && hasStatus(entry, query),
  );
  const begin = positionOf(opened, query, entries);
  const next = entries[begin + pageSize];
  return {
    transactions: entries
      .slice(begin, begin + pageSize)
      .map((entry) => describeTransaction(entry, opened.account)),
    continuation_key: next === undefined ? null : keyOf(opened, query, next),
  };
}

function hasStatus({ status }: StatementEntry, { transaction_status }: TransactionQuery): boolean {
  return transaction_status === undefined || transaction_status === (status === 'booked' ? 'BOOK' : 'PDNG');
}

/** Names the entry that the page begins with, so that new entries shift nothing; good for this session and query. */
function keyOf({ session, account }: OpenedAccount, query: TransactionQuery, entry: StatementEntry): string {
  const { date_from, date_to, transaction_status, strategy } = query;
  const asked = JSON.stringify([date_from, date_to, transaction_status, strategy]);
  return hashOf('continuation', session.reference, account.accountNumber, asked, entry.reference);
}

function positionOf(
  opened: OpenedAccount,
  query: TransactionQuery,
  entries: readonly StatementEntry[],
): number {
  const { continuation_key } = query;
  if (continuation_key === undefined) return 0;
  const position = entries.findIndex((entry) => keyOf(opened, query, entry) === continuation_key);
  if (position < 0) throw refuse('WRONG_CONTINUATION_KEY');
  return position;
}
