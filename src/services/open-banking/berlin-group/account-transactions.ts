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
import { presenceHeaders } from './psu.ts';
import { toTransaction } from './transaction.ts';

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
  const found: AccountTransaction[] = [];
  let next: string | undefined = withPeriod(link, period);
  for (let page = 0; page < pagesMax && next !== undefined; page += 1) {
    const consent = { bank, consentId: named.name };
    const read = await api.readTransactions({ bank, link: next }, consent, presenceHeaders(access));
    found.push(...read.booked.map((each) => toTransaction(each, true)));
    found.push(...read.pending.map((each) => toTransaction(each, false)));
    next = pathWithin(read.next ?? 'about:blank', api.banks.addressOf(bank));
  }
  return found;
}

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
