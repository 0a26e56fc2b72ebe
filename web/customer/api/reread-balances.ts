import type { QueryClient } from '@tanstack/react-query';
import type { Account } from '#http/contract/accounts.ts';
import { listAccounts, refreshAccount } from './actions.ts';
import { accountsQuery } from './queries.ts';

/** The readings of balances that this page has tried to replace, so that each is tried once. */
const tried = new Set<string>();

/**
 * Reads at the bank each balance that is older than the last payment from its account. A failure is quiet: the screen
 * goes on saying that the balance is an old one.
 */
export async function rereadPaidBalances(queryClient: QueryClient): Promise<void> {
  const accounts = await listAccounts().catch(() => []);
  const due = accounts.filter((account) => isDue(account) && isFirstTry(account));
  if (due.length === 0) return;
  await Promise.allSettled(due.map(({ id }) => refreshAccount(id)));
  await queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey });
}

function isDue({ isPaidSince, consentStatus }: Account): boolean {
  return isPaidSince && consentStatus === 'active';
}

function isFirstTry({ id, balanceAt }: Account): boolean {
  const reading = `${id} ${balanceAt}`;
  if (tried.has(reading)) return false;
  tried.add(reading);
  return true;
}
