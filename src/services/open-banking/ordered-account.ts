import { normaliseAccountNumber } from '#domain/banking/account-number.ts';

/** An account as an order names it. */
interface NamedAccount {
  bban?: string | null | undefined;
  iban?: string | null | undefined;
}

/**
 * The account number in a reported order, to be compared with the approved one. An account abroad, and a BBAN beside
 * the IBAN of another account, are given as they are written, so that they differ. Undefined where there is nothing to
 * compare: no number, or a masked one.
 */
export function orderedAccountNumber({ bban, iban }: NamedAccount): string | undefined {
  // Wrong check digits do not make it another account.
  const numbers = [bban, iban].map((each) =>
    normaliseAccountNumber(each ?? '').replace(/^NO\d\d(?=\d{11}$)/i, ''),
  );
  const named = new Set(numbers.filter((number) => /^[A-Z\d]{5,34}$/i.test(number)));
  return named.size === 0 ? undefined : [...named].join(' ');
}
