import { weightedControlDigit } from '../control-digit.ts';
import { plainCheckedNumber } from '../plain-number.ts';

const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/**
 * Normalises typed or pasted input to an account number: `1234.56.78903` → `12345678903`. Spaces, dots, dashes and
 * harmless invisible characters are removed, full-width digits become ASCII, and a Norwegian IBAN becomes its account
 * number. All other characters are kept, so that validation refuses them.
 */
export function normaliseAccountNumber(input: string): string {
  const compact = withoutSeparators(input);
  return accountNumberFromIban(compact) ?? compact;
}

function withoutSeparators(input: string): string {
  return plainCheckedNumber(input).replace(/[\s.-]/g, '');
}

/**
 * Whether eleven digits are a Norwegian account number (BBAN): the last one is the modulus 11 control digit of the
 * first ten. Eleven zeros satisfy the arithmetic and are refused.
 */
export function isAccountNumber(bban: string): boolean {
  if (!/^\d{11}$/.test(bban) || /^0+$/.test(bban)) return false;
  return weightedControlDigit(bban.slice(0, 10), weights) === bban.slice(10);
}

/** Formats an account number for display: `12345678903` → `1234 56 78903`. */
export function formatAccountNumber(bban: string): string {
  return `${bban.slice(0, 4)} ${bban.slice(4, 6)} ${bban.slice(6)}`;
}

/** Masks an account number for logs, lists and alerts: only the last four digits are shown, as `•7890`. */
export function maskAccountNumber(bban: string): string {
  return `•${bban.slice(-4)}`;
}

/** The BBAN inside a Norwegian IBAN (`NO` + 2 control digits + BBAN); undefined when its control digits are wrong. */
export function accountNumberFromIban(iban: string): string | undefined {
  const compact = withoutSeparators(iban).toUpperCase();
  if (!/^NO\d{13}$/.test(compact)) return undefined;
  const bban = compact.slice(4);
  return isAccountNumber(bban) && ibanFromAccountNumber(bban) === compact ? bban : undefined;
}

/** The Norwegian IBAN of an account number (ISO 13616: 98 minus the number modulo 97; N is 23, O is 24). */
export function ibanFromAccountNumber(bban: string): string {
  const remainder = BigInt(`${bban}232400`) % 97n;
  return `NO${(98n - remainder).toString().padStart(2, '0')}${bban}`;
}
