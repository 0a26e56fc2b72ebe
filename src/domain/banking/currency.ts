/** ISO 4217's code for "no currency": what banks say and Drop keeps of an account whose currency is not known. */
export const noCurrency = 'XXX';

/** The currency that an ISO 4217 code names, or undefined where it names none. */
export function currencyOf(code: string): string | undefined {
  return code === noCurrency ? undefined : code;
}
