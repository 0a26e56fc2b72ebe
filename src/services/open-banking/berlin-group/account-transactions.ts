import { DropError } from '#domain/errors.ts';
import type { AccountTransaction } from '#domain/payment/statement.ts';
import type {
  Access,
  AccountKey,
  TransactionPeriod,
  TransactionReading,
} from '#services/open-banking/service.ts';
import type { BerlinGroupApi } from './client.ts';
import { pathWithin, readReference } from './links.ts';
import { assertAccount } from './named-resource.ts';
import { presenceHeaders } from './psu.ts';
import { toTransaction } from './transaction.ts';
import type { WireTransaction, WireTransactions } from './wire.ts';

/** A period of a month has no more at a private customer; what comes after is not read. */
const pagesMax = 5;

/** The transactions of an account, which are linked where the consent covers them. */
export function createTransactionReading(api: BerlinGroupApi): TransactionReading {
  return {
    carries: 'end_to_end_id',
    areCovered: async (account) => (await linkOf(account)) !== undefined,
    readTransactions: (account, period, access) => readTransactions(api, account, { period, access }),
  };
}

async function linkOf({ reference, consent }: AccountKey): Promise<string | undefined> {
  return (await consent.secrets.read())?.[`transactions:${reference}`];
}

async function readTransactions(
  api: BerlinGroupApi,
  account: AccountKey,
  { period, access }: { period: TransactionPeriod; access: Access },
): Promise<AccountTransaction[]> {
  const named = readReference(account.consent.reference);
  const link = await linkOf(account);
  if (link === undefined || named === undefined) throw notCovered();
  const bank = api.banks.find(named.bankId);
  const pages: WireTransactions[] = [];
  const followed = new Set<string>();
  let next: string | undefined = withPeriod(link, period);
  // A page that leads back to one that was read would give its transactions once more.
  while (next !== undefined && !followed.has(next) && followed.size < pagesMax) {
    followed.add(next);
    const consent = { bank, consentId: named.name };
    const read = await api.readTransactions({ bank, link: next }, consent, presenceHeaders(access));
    assertAccount(account.accountNumber, read.account);
    pages.push(read);
    next = pathWithin(read.next ?? 'about:blank', api.banks.addressOf(bank));
  }
  return [
    ...onceOf(pages.map(({ booked }) => booked)).map((each) => toTransaction(each, true)),
    ...onceOf(pages.map(({ pending }) => pending)).map((each) => toTransaction(each, false)),
  ];
}

/**
 * A transaction that comes in between moves the others to the next page, where the last one is then given again: under
 * the same id and with the same content it is the same. What is twice on one page is two.
 */
function onceOf(pages: readonly (readonly WireTransaction[])[]): WireTransaction[] {
  const before = new Set<string>();
  return pages.flatMap((page) => {
    const fresh = page.filter((each) => !before.has(keyOf(each)));
    for (const each of page) if (each.transactionId) before.add(keyOf(each));
    return fresh;
  });
}

const keyOf = (transaction: WireTransaction): string => JSON.stringify(transaction);

/** The link may have a query of its own. */
function withPeriod(link: string, { from, to }: TransactionPeriod): string {
  const query = new URLSearchParams({ bookingStatus: 'both', dateFrom: from, dateTo: to }).toString();
  return `${link}${link.includes('?') ? '&' : '?'}${query}`;
}

function notCovered(): DropError {
  return new DropError('account_unknown', {
    message: 'the consent does not cover the transactions of the account',
    outcome: 'not_sent',
    provider: 'berlin-group',
  });
}
