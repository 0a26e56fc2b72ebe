/**
 * The ISO 4217 code for "no currency". Banks report it, and Drop stores it, for an account whose currency is not known.
 */
export const noCurrency = 'XXX';

/** The currency that an ISO 4217 code names, or undefined for `noCurrency`. */
export function currencyOf(code: string): string | undefined {
  return code === noCurrency ? undefined : code;
}
