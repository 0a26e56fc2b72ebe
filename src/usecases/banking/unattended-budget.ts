import { unattendedReadsMax, unattendedReadsMs } from '#domain/banking/unattended-reads.ts';
import { DropError } from '#domain/errors.ts';
import type { Access, AccountInformation, AccountKey } from '#services/open-banking/service.ts';
import { takeUnattendedRead } from '#store/unattended-reads.ts';
import type { UseCaseContext } from '../context.ts';

/** A reading of an account's balance that is about to be made. */
interface Reading {
  accountId: string;
  key: AccountKey;
  access: Access;
}

/**
 * Takes a reading that a bank will count as unattended from the account's budget, before the bank is asked. A reading
 * that fails stays taken: the bank may have counted it.
 *
 * @throws {DropError} `bank_rate_limited`, `not_sent`, where the budget is spent.
 */
export async function spendIfUnattended(
  context: UseCaseContext,
  ais: AccountInformation,
  { accountId, key, access }: Reading,
): Promise<void> {
  if ((await countOf(ais, key, access)) === 'attended') return;
  const at = context.clock.now();
  const since = new Date(at.getTime() - unattendedReadsMs);
  const budget = { accountId, at, since, max: unattendedReadsMax };
  if (await takeUnattendedRead(context.store.database, budget)) return;
  const message = 'the unattended readings of 24 hours are used up';
  throw new DropError('bank_rate_limited', { message, outcome: 'not_sent' });
}

/** The address is what tells a bank that the customer is there (Berlin Group, `PSU-IP-Address`). */
async function countOf(ais: AccountInformation, key: AccountKey, access: Access): Promise<Access['kind']> {
  if (access.kind === 'unattended') return 'unattended';
  if (ais.countsAs) return ais.countsAs(key, access);
  return access.ipAddress === undefined ? 'unattended' : 'attended';
}
