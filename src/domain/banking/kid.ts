import { luhnControlDigit } from '../control-digit.ts';
import { plainCheckedNumber } from '../plain-number.ts';

/**
 * Normalises a typed or pasted KID: spaces and harmless invisible characters are removed, full-width digits become
 * ASCII, and any kind of dash becomes the control character `-`. All other characters are kept, so that validation
 * refuses them.
 */
export function normaliseKid(input: string): string {
  return plainCheckedNumber(input).replace(/\s/g, '');
}

/**
 * Whether a KID (customer identification, the creditor's payment reference) is plausible: 2–25 characters, digits,
 * the last one a modulus 10 or modulus 11 control character (modulus 11 may be `-`). Which of the two, and which
 * lengths, is agreed between the creditor and its bank, so only the bank can finally accept it. Zeros alone satisfy the
 * arithmetic and are refused.
 */
export function isPlausibleKid(kid: string): boolean {
  if (!/^\d{1,24}[\d-]$/.test(kid) || /^0+$/.test(kid)) return false;
  const body = kid.slice(0, -1);
  const control = kid.slice(-1);
  return control === luhnControlDigit(body) || control === modulus11Control(body);
}

/** Weights 2–7 from the right, repeating; 10 is written `-`. */
function modulus11Control(body: string): string {
  const sum = [...body]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (2 + (index % 6)), 0);
  const control = (11 - (sum % 11)) % 11;
  return control === 10 ? '-' : control.toString();
}
