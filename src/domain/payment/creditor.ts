import type { Payee } from './payee-check.ts';

/** The most recipients that one customer saves: far more than a person pays. */
export const savedCreditorsMax = 200;

/** The longest name of the customer's own, in characters. */
export const creditorLabelLengthMax = 70;

/** A recipient that a customer has saved, under a name of the customer's own. A KID belongs to one payment, never here. */
export interface SavedCreditor extends Payee {
  id: string;
  /** The customer's own name of it, which no bank sees. */
  label: string;
}
