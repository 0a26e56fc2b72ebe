import { dayAfter } from '../banking/bank-days.ts';

/** The days of a statement of payments, in Norway, `YYYY-MM-DD`, both included. */
export interface StatementPeriod {
  from: string;
  to: string;
}

/** A leap year. */
const statementDaysMax = 366;

/** The most payments of a statement: a CSV is written while it is sent, a PDF is held in memory until it is whole. */
export const statementPaymentsMax = { csv: 20_000, pdf: 1_000 } as const;

export type StatementForm = keyof typeof statementPaymentsMax;

/** Whether the period ends before it begins, or is too long; undefined for one that is neither. */
export function periodFault({ from, to }: StatementPeriod): 'reversed' | 'too_long' | undefined {
  if (to < from) return 'reversed';
  const days = (Date.parse(dayAfter(to)) - Date.parse(from)) / 86_400_000;
  return days > statementDaysMax ? 'too_long' : undefined;
}
