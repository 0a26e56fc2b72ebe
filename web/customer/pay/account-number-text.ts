import { normaliseAccountNumber } from '#domain/banking/account-number.ts';

/**
 * Groups the digits typed so far, `12345678` → `1234 56 78`. A Norwegian IBAN becomes its account number. A text with
 * other characters is returned as it is, so that nothing that the customer typed disappears.
 */
export function groupAccountNumber(text: string): string {
  const bban = normaliseAccountNumber(text);
  if (!/^\d*$/.test(bban)) return text;
  return [bban.slice(0, 4), bban.slice(4, 6), bban.slice(6)].filter((group) => group !== '').join(' ');
}

/** The position of the caret in `grouped` that has as many digits before it as `caret` has in `text`. */
export function caretAfterGrouping(text: string, caret: number, grouped: string): number {
  if (grouped === text) return caret;
  let digits = normaliseAccountNumber(text.slice(0, caret)).length;
  let position = 0;
  while (digits > 0 && position < grouped.length) {
    if (grouped[position] !== ' ') digits -= 1;
    position += 1;
  }
  return position;
}
