import { DropError } from '#domain/errors.ts';
import { moneyFromDecimal } from '#domain/money.ts';
import type { AccountTransaction } from '#domain/payment/statement.ts';
import type { Access, TransactionPeriod, TransactionReading } from '#services/open-banking/service.ts';
import type { ProviderSecrets, SecretState } from '#services/open-banking/secret-state.ts';
import { accountNumberOf } from './account-numbers.ts';
import { readAccountReference } from './account-reference.ts';
import type { AccountRead, EnableBankingApi } from './client.ts';
import type { AuthorizedSession, WireTransaction } from './wire.ts';

/** A period of a month has no more at a private customer; what comes after is not read. */
const pagesMax = 10;

/** The headers that say of a reading at a bank that the customer is there; none where they are not. */
type HeadersFor = (bankId: string, access: Access) => Promise<AccountRead['psuHeaders']>;

/**
 * The transactions of an account. The provider's OpenAPI has no field for an end-to-end identification, so they give
 * hints only.
 */
export function createTransactionReading(api: EnableBankingApi, headersFor: HeadersFor): TransactionReading {
  return {
    carries: 'nothing',
    areCovered: async ({ consent }) => isCovered(await consent.secrets.read()),
    async readTransactions({ reference, consent }, period, access) {
      const account = readAccountReference(reference);
      if (account === undefined || !isCovered(await consent.secrets.read())) throw notCovered();
      const { uid, bankId } = account;
      const read = { bankId, psuHeaders: await headersFor(bankId, access) };
      return (await readPages(api, uid, { period, read })).flatMap(toTransaction);
    },
  };
}

const covered = 'covered';

/** Keeps with a consent that it was given for transactions, too: those of an earlier version were not. */
export async function keepCoverage({ access }: AuthorizedSession, secrets: SecretState): Promise<void> {
  if (access === undefined || access.transactions === false) return;
  await secrets.change(async (latest) => ({ ...latest, transactions: covered }));
}

function isCovered(secrets: ProviderSecrets | undefined): boolean {
  return secrets?.['transactions'] === covered;
}

function notCovered(): DropError {
  const message = 'the consent does not cover the transactions of the account';
  return new DropError('account_unknown', { message, outcome: 'not_sent', provider: 'enable-banking' });
}

async function readPages(
  api: EnableBankingApi,
  uid: string,
  { period, read }: { period: TransactionPeriod; read: AccountRead },
): Promise<WireTransaction[]> {
  const found: WireTransaction[] = [];
  const followed = new Set<string | undefined>();
  let continuationKey: string | undefined;
  // A key that was followed before would give its page once more.
  while (!followed.has(continuationKey) && followed.size < pagesMax) {
    followed.add(continuationKey);
    const { transactions, continuation_key } = await api.getTransactions(
      uid,
      { ...period, continuationKey },
      read,
    );
    found.push(...transactions);
    continuationKey = continuation_key ?? undefined;
    if (continuationKey === undefined) break;
  }
  return found;
}

/** Money that is on hold is reserved. What is scheduled, rejected or cancelled has moved none. */
function toTransaction(transaction: WireTransaction): AccountTransaction[] {
  const { status, credit_debit_indicator: direction, transaction_amount, ...rest } = transaction;
  const isBooked = status === 'BOOK';
  if (!isBooked && status !== 'PDNG' && status !== 'HOLD') return [];
  if (direction === 'unknown') return [];
  const isDebit = direction === 'DBIT';
  const other = isDebit ? rest.creditor_account : rest.debtor_account;
  const { amount, currency } = transaction_amount;
  return [
    {
      reference: rest.entry_reference ?? undefined,
      isDebit,
      isBooked,
      day: rest.booking_date ?? rest.transaction_date ?? undefined,
      money: moneyFromDecimal(amount.replace('-', ''), currency),
      counterpartyAccountNumber: other ? accountNumberOf({ account_id: other }) : undefined,
      kid: rest.reference_number_schema === 'NORF' ? (rest.reference_number ?? undefined) : undefined,
      endToEndId: undefined,
    },
  ];
}
