import { takeSettledAccounts, type SettledAccount } from '#store/settled-balances.ts';
import type { UseCaseContext } from '../context.ts';
import { refreshBalance } from './refresh-balance.ts';

/** Meanwhile the customer's own screen reads the balance, which costs none of the readings that a bank allows. */
const leftToTheScreenMs = 20_000;
/** An older settlement is left alone: its balance is shown with its age. */
const settledMsMax = 3_600_000;
const accountsMax = 50;
const atOnceMax = 4;

/**
 * Reads the balances of accounts from which a payment was settled, unless they were read since. The customers are not
 * there, so each counts as one of the unattended readings that a bank allows in a day. It is tried once for each
 * settlement.
 */
export async function readSettledBalances(context: UseCaseContext, signal?: AbortSignal): Promise<void> {
  const at = context.clock.now();
  const since = new Date(at.getTime() - settledMsMax);
  const until = new Date(at.getTime() - leftToTheScreenMs);
  for (let taken = 0; taken < accountsMax; taken += atOnceMax) {
    signal?.throwIfAborted();
    const span = { at, since, until, limit: atOnceMax };
    const accounts = await takeSettledAccounts(context.store.database, span);
    await Promise.all(accounts.map((account) => readOne(context, account)));
    if (accounts.length < atOnceMax) return;
  }
}

async function readOne(context: UseCaseContext, account: SettledAccount): Promise<void> {
  const { id: accountId, userId: id, kycStatus } = account;
  const request = { accountId, access: { kind: 'unattended' } } as const;
  await refreshBalance(context, { id, kycStatus }, request).catch((error: unknown) => {
    context.log('info', 'a balance could not be read after a payment', { accountId, error });
  });
}
