import {
  accountNumberFromIban,
  isAccountNumber,
  normaliseAccountNumber,
} from '#domain/banking/account-number.ts';

interface Identified {
  account_id?: { iban?: string | null | undefined; other?: Identifier | null | undefined } | null | undefined;
  all_account_ids?: Identifier[] | null | undefined;
}

interface Identifier {
  identification: string;
}

/** The Norwegian account number (BBAN) among what the provider calls an account by, or undefined. */
export function accountNumberOf({ account_id, all_account_ids }: Identified): string | undefined {
  const identifications = [
    account_id?.iban ?? '',
    account_id?.other?.identification ?? '',
    ...(all_account_ids ?? []).map(({ identification }) => identification),
  ];
  return identifications
    .map((identification) => toAccountNumber(normaliseAccountNumber(identification)))
    .find((accountNumber) => accountNumber !== undefined);
}

/** A BBAN, or the one inside of a Norwegian IBAN. */
export function toAccountNumber(identification: string): string | undefined {
  return isAccountNumber(identification) ? identification : accountNumberFromIban(identification);
}
