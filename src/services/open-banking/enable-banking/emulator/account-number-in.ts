import { accountNumberFromIban, isAccountNumber } from '#domain/banking/account-number.ts';
import type { Identification } from './payment-resource.ts';

/** The Norwegian account number (BBAN) that an identification is or, as an IBAN, contains. */
export function accountNumberIn({ identification, scheme_name }: Identification): string | undefined {
  if (scheme_name === 'IBAN') return accountNumberFromIban(identification);
  return scheme_name === 'BBAN' && isAccountNumber(identification) ? identification : undefined;
}
