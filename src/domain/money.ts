/** An amount as Drop keeps it: whole minor units (øre for NOK), never a fraction, never a float of kroner. */
export interface Money {
  /** Integer number of minor units: 25000 is 250,00 kr. */
  amount: number;
  /** ISO 4217 code. Drop pays in NOK only; other currencies occur in what a bank reports. */
  currency: string;
}

const decimalPattern = /^(-?)(\d{1,13})(?:\.(\d{1,3}))?$/;

/**
 * Reads a bank's decimal string (`"250.00"`, `"-3.5"`) into minor units.
 *
 * @throws {RangeError} when it is not a decimal number, or is more precise than whole øre (`"0.001"`).
 */
export function moneyFromDecimal(decimal: string, currency: string): Money {
  const match = decimalPattern.exec(decimal);
  if (!match)
    throw new RangeError('An amount must be a decimal number with at most 13 digits before the point.');
  const [, sign, whole = '0', fraction = ''] = match;
  const padded = fraction.padEnd(3, '0');
  if (padded[2] !== '0') throw new RangeError('An amount must not have more than two significant decimals.');
  const minor = Number(whole) * 100 + Number(padded.slice(0, 2));
  return { amount: sign === '-' && minor !== 0 ? -minor : minor, currency };
}

/** Writes minor units as a bank's decimal string with two decimals: 25000 → `"250.00"`. */
export function moneyToDecimal(money: Money): string {
  const digits = Math.abs(money.amount).toString().padStart(3, '0');
  const sign = money.amount < 0 ? '-' : '';
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The largest payment that Drop accepts, in øre: 1 000 000,00 kr. The bank's own limits apply as well. */
export const maximumPaymentOere = 100_000_000;

export function isPayable(money: Money): boolean {
  return (
    money.currency === 'NOK' &&
    Number.isSafeInteger(money.amount) &&
    money.amount > 0 &&
    money.amount <= maximumPaymentOere
  );
}
