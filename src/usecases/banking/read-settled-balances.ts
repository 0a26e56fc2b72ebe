import { inheritedEndMs } from '#outbound/inherited-deadline.ts';
import { takeSettledAccounts, type SettledAccount } from '#store/settled-balances.ts';
import type { UseCaseContext } from '../context.ts';
import { refreshBalance } from './refresh-balance.ts';

/** Meanwhile the customer's own screen reads the balance, which costs none of the readings that a bank allows. */
const leftToTheScreenMs = 20_000;
/** An older settlement is left alone: its balance is shown with its age. */
const settledMsMax = 3_600_000;
/** Each minute: what settles at once after one of the banks' settlements is read within the hour. */
const accountsMax = 600;
/** Few at once, so that customers who wait have the places at the provider. */
const atOnceMax = 4;

/**
 * Reads the balances of accounts from which a payment was settled, unless they were read since. The customers are not
 * there, so each counts as one of the unattended readings that a bank allows in a day. It is tried once for each
 * settlement. Stops when its time is over: the next run goes on with the accounts that are left.
 */
export async function readSettledBalances(context: UseCaseContext, signal?: AbortSignal): Promise<void> {
  const at = context.clock.now();
  const since = new Date(at.getTime() - settledMsMax + 1);
  const until = new Date(at.getTime() - leftToTheScreenMs);
  const span = { at, since, until };
  await Promise.all(Array.from({ length: atOnceMax }, () => readEach(context, span, signal)));
}

/** A bank that is slow holds up one account and not the others. All that begins shares how far the run has come. */
async function readEach(
  context: UseCaseContext,
  span: { at: Date; since: Date; until: Date },
  signal: AbortSignal | undefined,
): Promise<void> {
  const endMs = inheritedEndMs() ?? Infinity;
  for (let taken = 0; taken < accountsMax / atOnceMax; taken += 1) {
    signal?.throwIfAborted();
    if (context.clock.now().getTime() >= endMs) return;
    const [account] = await takeSettledAccounts(context.store.database, { ...span, limit: 1 });
    if (account === undefined) return;
    if (account.settledAt > span.since) span.since = account.settledAt;
    await readOne(context, account);
  }
}

async function readOne(context: UseCaseContext, account: SettledAccount): Promise<void> {
  const { id: accountId, userId: id, kycStatus } = account;
  const request = { accountId, access: { kind: 'unattended' } } as const;
  await refreshBalance(context, { id, kycStatus }, request).catch((error: unknown) => {
    context.log('info', 'a balance could not be read after a payment', { accountId, error });
  });
}
