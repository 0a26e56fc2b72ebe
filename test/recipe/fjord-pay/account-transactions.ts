import { isAccountNumber } from '#domain/banking/account-number.ts';
import type { AccountTransaction } from '#domain/payment/statement.ts';
import type { Access, TransactionReading } from '#services/open-banking/service.ts';
import type { FjordPayApi } from './client.ts';
import { isTokenKept, withToken } from './consent-tokens.ts';
import type { WireTransaction } from './wire.ts';

/** A period of a month has no more at a private customer; what comes after is not read. */
const pagesMax = 5;

/** The transactions of an account. Every consent covers them, and each names its end-to-end identification. */
export function createTransactionReading(api: FjordPayApi): TransactionReading {
  return {
    carries: 'end_to_end_id',
    areCovered: ({ consent }) => isTokenKept(consent),
    async readTransactions({ reference, consent }, period, access) {
      const { bankId } = consent;
      return withToken(api, consent, async (accessToken) => {
        const read = { accessToken, bankId, ipAddress: addressOf(access) };
        const pages = await readPages((page) => api.readTransactions(reference, { ...period, page }, read));
        return pages.flatMap(toTransaction);
      });
    },
  };
}

const addressOf = (access: Access): string | undefined =>
  access.kind === 'attended' ? access.ipAddress : undefined;

type ReadPage = (page: string | undefined) => ReturnType<FjordPayApi['readTransactions']>;

/**
 * A page that leads back to one that was read would give its transactions once more. So does one that was moved on by a
 * transaction that came in between: of two pages that give the same one, it is taken from the first.
 */
async function readPages(readPage: ReadPage): Promise<WireTransaction[]> {
  const found: WireTransaction[] = [];
  const followed = new Set<string | undefined>();
  let page: string | undefined;
  do {
    followed.add(page);
    const { transactions, next_page } = await readPage(page);
    const before = new Set(found.map(({ entry_id }) => entry_id));
    found.push(...transactions.filter(({ entry_id }) => !before.has(entry_id)));
    page = next_page ?? undefined;
  } while (page !== undefined && !followed.has(page) && followed.size < pagesMax);
  return found;
}

/** One in a state that is not known has moved no money for certain. */
function toTransaction(transaction: WireTransaction): AccountTransaction[] {
  const { state, direction, entry_id, day, amount, currency, kid, end_to_end_id } = transaction;
  if (state === 'unknown') return [];
  const other = transaction.other_account ?? '';
  return [
    {
      reference: entry_id,
      isDebit: direction === 'out',
      isBooked: state === 'booked',
      day: day ?? undefined,
      money: { amount, currency },
      counterpartyAccountNumber: isAccountNumber(other) ? other : undefined,
      kid: kid ?? undefined,
      endToEndId: end_to_end_id ?? undefined,
    },
  ];
}
