/**
 * What is known of whether an account belongs to the payee that the customer named.
 *
 * - `match`: the name is the account holder's.
 * - `close_match`: nearly; `name` is the account holder's, to be shown to the customer.
 * - `no_match`: it is another's.
 * - `not_possible`: nothing is known. It is never shown as if the name had been checked.
 */
export type PayeeCheck =
  { kind: 'match' } | { kind: 'close_match'; name: string } | { kind: 'no_match' } | { kind: 'not_possible' };

/** A payee as the customer named it. */
export interface Payee {
  name: string;
  accountNumber: string;
}
