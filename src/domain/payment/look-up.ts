import type { TransactionHint } from './statement.ts';

/**
 * How a look-up of a payment in the transactions of its account ended:
 *
 * - `proven`: a transaction carries the payment's identification and moved it, or contradicts it
 * - `hints`: transactions may belong to it; `nothing`: none does, which proves nothing
 * - `not_covered`: no consent that holds covers the transactions; `not_offered`: the provider does not document them
 * - `failed`: the bank could not be asked, or the day's readings were used up
 */
export type LookUpOutcome = 'proven' | 'hints' | 'nothing' | 'not_covered' | 'not_offered' | 'failed';

/** The result of a look-up, without names, account numbers and amounts. */
export interface LookUp {
  outcome: LookUpOutcome;
  hints: readonly TransactionHint[];
}
