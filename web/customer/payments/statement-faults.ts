import { periodFault } from '#domain/payment/statement-period.ts';

/** What is wrong with a period that was chosen, by the field; `offline`: nothing can be downloaded now. */
export interface StatementFaults {
  from?: 'missing';
  to?: 'missing' | 'reversed' | 'too_long';
  offline?: true;
}

type Chosen = Record<'from' | 'to', unknown>;

export function statementFaults({ from, to }: Chosen, isOnline: boolean): StatementFaults {
  const [first, last] = [dayIn(from), dayIn(to)];
  const fault =
    first !== undefined && last !== undefined ? periodFault({ from: first, to: last }) : 'missing';
  return {
    ...(first === undefined && { from: 'missing' }),
    ...(fault !== undefined && (fault !== 'missing' || last === undefined) && { to: fault }),
    ...(!isOnline && { offline: true }),
  };
}

/** Days of this century, as the server takes them; browsers give the others as they were typed. */
function dayIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^20\d\d-\d\d-\d\d$/.test(value) ? value : undefined;
}
