import { osloDay } from '../oslo-time.ts';
import type { ReportedStatus } from './status.ts';

/**
 * How a bank is to carry out an order: as soon as it usually does, instantly, or on a later day (`YYYY-MM-DD`, in
 * Norwegian time).
 */
export type Execution = { kind: 'normal' } | { kind: 'instant' } | { kind: 'on'; date: string };

export const normalExecution: Execution = { kind: 'normal' };

/** The day of an order whose day has not begun in Norway; undefined where the bank is to act now. */
export function dayAhead(execution: Execution, now: Date): string | undefined {
  return execution.kind === 'on' && execution.date > osloDay(now) ? execution.date : undefined;
}

/**
 * The status that a bank's report gives an order. Banks have no word of their own for an approved order whose day has
 * not come: they report it as accepted or as being processed.
 */
export function statusOfOrder(reported: ReportedStatus, execution: Execution, now: Date): ReportedStatus {
  const isTaken = reported === 'authorised' || reported === 'processing';
  return isTaken && dayAhead(execution, now) !== undefined ? 'scheduled' : reported;
}
