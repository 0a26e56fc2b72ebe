import { noProviderErrors, type ProviderErrors } from '#emulation/error-bodies.ts';

/**
 * Enhanced status codes that a fault may name, with the reply code that servers send with each. Sources: RFC 3463,
 * RFC 5248 (the registry of these codes), RFC 7372 (5.7.2x), Gmail's "SMTP errors and codes".
 */
const codes = {
  '4.2.1': 450,
  '4.2.2': 452,
  '4.3.2': 421,
  '4.4.2': 421,
  '4.7.0': 421,
  '4.7.1': 451,
  '5.1.1': 550,
  '5.1.2': 550,
  '5.1.10': 556,
  '5.2.1': 550,
  '5.2.2': 552,
  '5.3.4': 552,
  '5.7.1': 550,
  '5.7.26': 550,
  '5.7.8': 535,
} as const;

/** A fault of `status` by itself is a temporary one. The text of a reply is the SMTP server's. */
export const smtpErrors: ProviderErrors = { ...noProviderErrors, codes, statusDefault: 451 };

/** A refusal in the form that the SMTP server takes. */
export function refusal(responseCode: number, text: string): Error & { responseCode: number } {
  return Object.assign(new Error(text), { responseCode });
}
