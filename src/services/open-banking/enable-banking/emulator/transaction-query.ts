import { z } from 'zod';
import { statementDaysMax } from '#emulation/bank/statement.ts';
import { refuse } from './refusal.ts';

/** OpenAPI, `TransactionStatus`. */
const transactionStatuses = ['BOOK', 'CNCL', 'HOLD', 'OTHR', 'PDNG', 'RJCT', 'SCHD'] as const;

const daysDefault = 90;
const dayMs = 86_400_000;

/** The query of `GET /accounts/{account_id}/transactions`. */
export const transactionQuery = z.object({
  date_from: z.iso.date().optional(),
  date_to: z.iso.date().optional(),
  continuation_key: z.string().optional(),
  transaction_status: z.enum(transactionStatuses).optional(),
  /** OpenAPI, `TransactionsFetchStrategy`. */
  strategy: z.enum(['default', 'longest']).default('default'),
});
export type TransactionQuery = z.output<typeof transactionQuery>;

/** The days, both included, that a query asks for. */
export interface Period {
  from: string;
  to: string;
}

/**
 * The period of a query. The default strategy takes only what the bank has; the longest one looks for the longest
 * period that the bank has after `date_from`, and does not consider `date_to`.
 */
export function periodOf({ date_from, date_to, strategy }: TransactionQuery, now: Date): Period {
  const today = dayBefore(now, 0);
  const oldest = dayBefore(now, statementDaysMax);
  if (date_to !== undefined && date_from === undefined) throw refuse('DATE_TO_WITHOUT_DATE_FROM');
  if (date_from !== undefined && date_from > today) throw refuse('DATE_FROM_IN_FUTURE');
  if (date_from !== undefined && date_to !== undefined && date_from > date_to)
    throw refuse('WRONG_DATE_INTERVAL');
  if (strategy === 'longest') return { from: later(date_from ?? oldest, oldest), to: today };
  if (date_from !== undefined && date_from < oldest) throw refuse('WRONG_TRANSACTIONS_PERIOD');
  return { from: date_from ?? dayBefore(now, daysDefault), to: date_to ?? today };
}

const dayBefore = (now: Date, days: number): string =>
  new Date(now.getTime() - days * dayMs).toISOString().slice(0, 10);

const later = (one: string, other: string): string => (one > other ? one : other);
