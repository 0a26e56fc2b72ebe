/**
 * The modulus 11 control character of `digits` under `weights`: `0`–`9`, or undefined when the result is 10, in which
 * case no such number is issued.
 */
export function weightedControlDigit(digits: string, weights: readonly number[]): string | undefined {
  const remainder = weightedSum(digits, weights) % 11;
  const control = (11 - remainder) % 11;
  return control === 10 ? undefined : control.toString();
}

export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
}

/** The Luhn (modulus 10) control digit of `digits`. */
export function luhnControlDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const product = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return ((10 - (sum % 10)) % 10).toString();
}
