import { z } from 'zod';
import type { LedgerAccount } from '#emulation/bank/ledger.ts';
import { statementOf, type StatementEntry } from '#emulation/bank/statement.ts';
import type { World } from '#emulation/bank/world.ts';
import { refuse } from './refusal.ts';
import { bankOf, hasFix, linkTo, type BankContext } from './requests.ts';
import type { Consent, Payment } from './world.ts';

/** The standard names no size. */
const pageSize = 20;

const query = z.object({
  bookingStatus: z.enum(['booked', 'pending', 'both']),
  dateFrom: z.iso.date(),
  dateTo: z.iso.date().default('9999-12-31'),
  page: z.coerce.number().int().min(1).default(1),
});

/** A page of an account report, with a link to the next one where there is more. */
export function pageOfTransactions(
  c: BankContext,
  account: LedgerAccount,
  books: { world: World<Consent, Payment>; now: Date },
): object {
  const parsed = query.safeParse(c.req.query());
  if (!parsed.success) throw refuse(bankOf(c).dialect.errors, 'FORMAT_ERROR', 'the query is not valid');
  const { bookingStatus, dateFrom, dateTo, page } = parsed.data;
  const entries = statementOf(account, books).filter(
    ({ day, status }) =>
      day >= dateFrom && day <= dateTo && (bookingStatus === 'both' || bookingStatus === status),
  );
  const shown = entries.slice((page - 1) * pageSize, page * pageSize);
  const inState = (state: StatementEntry['status']): object[] =>
    shown.filter(({ status }) => status === state).map((entry) => describeEntry(c, entry, account));
  const id = encodeURIComponent(c.req.param('id') ?? '');
  const more = new URLSearchParams({ bookingStatus, dateFrom, dateTo, page: String(page + 1) }).toString();
  const next = linkTo(c, `/v1/accounts/${id}/transactions?${more}`);
  return {
    account: { bban: account.accountNumber, currency: account.currency },
    transactions: {
      ...(bookingStatus !== 'pending' && { booked: inState('booked') }),
      ...(bookingStatus !== 'booked' && { pending: inState('pending') }),
      _links: {
        account: linkTo(c, `/v1/accounts/${id}`),
        ...(entries.length > page * pageSize && { next }),
      },
    },
  };
}

/** As OpenAPI's `transactions`: what left the account is negative. */
function describeEntry(c: BankContext, entry: StatementEntry, account: LedgerAccount): object {
  const { reference, amountOere, status, day, kid, text, endToEndId } = entry;
  const isDebit = amountOere < 0;
  const other = { bban: entry.counterpartyAccountNumber };
  const isOtherKnown = entry.counterpartyAccountNumber !== undefined;
  const amount = hasFix(c, 'amount-as-string') ? (amountOere / 100).toFixed(2) : amountOere / 100;
  return {
    transactionId: reference,
    entryReference: reference,
    ...(endToEndId !== undefined && { endToEndId }),
    ...(status === 'booked' && { bookingDate: day }),
    valueDate: day,
    transactionAmount: { currency: account.currency, amount },
    ...(isDebit ? { creditorName: entry.counterparty } : { debtorName: entry.counterparty }),
    ...(isOtherKnown && (isDebit ? { creditorAccount: other } : { debtorAccount: other })),
    ...(kid !== undefined && { remittanceInformationStructured: { reference: kid } }),
    ...(text !== undefined && { remittanceInformationUnstructured: text }),
  };
}
