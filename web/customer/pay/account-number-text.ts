import { normaliseAccountNumber } from '#domain/banking/account-number.ts';

/**
 * Groups what has been typed so far, `12345678` → `1234 56 78`. A Norwegian IBAN becomes its account number. Other
 * characters stay, so that nothing the customer wrote disappears.
 */
export function groupAccountNumber(text: string): string {
  const bban = normaliseAccountNumber(text);
  if (!/^\d*$/.test(bban)) return text;
  return [bban.slice(0, 4), bban.slice(4, 6), bban.slice(6)].filter((group) => group !== '').join(' ');
}

/** Where the caret belongs in `grouped` so that as many digits stand before it as stood before it in `text`. */
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
