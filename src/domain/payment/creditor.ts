import type { Payee } from './payee-check.ts';

/** The most recipients that one customer saves: far more than a person pays. */
export const savedCreditorsMax = 200;

/** The longest name of the customer's own, in characters. */
export const creditorLabelLengthMax = 70;

/**
 * A recipient that a customer has saved, under a name of the customer's own. It has no KID, which belongs to one
 * payment.
 */
export interface SavedCreditor extends Payee {
  id: string;
  /** The customer's own name of it, which no bank sees. */
  label: string;
}
