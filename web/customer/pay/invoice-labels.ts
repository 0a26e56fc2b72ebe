const before = '(?<![\\p{L}\\d])';
/** The words that invoices put before a value, in Norwegian and English. */
const words = {
  account:
    `(?<!(?:fra|from|belastes) )(?:(?:(?:bank)?konto|(?:til|betales til|mottakers?) konto)(?:nummer|nr\\.?)?|` +
    'account(?: number| no\\.?)?)',
  iban: 'IBAN',
  kid: '(?:KID(?:[- ]?(?:nummer|nr\\.?))?)',
  toPay:
    '(?:(?:beløp |sum |totalt? |å )*å betale|betalingsbeløp|amount due|(?:total |amount )?to pay|total due)',
  total: '(?:totalbeløp|totalt?|beløp|sum|amount)',
  due: '(?:forfall(?:sdato)?|betalingsfrist|betales innen|due(?: date)?|pay(?:able)? by)',
} as const;

export type InvoiceLabel = keyof typeof words;

/**
 * The text after each occurrence of a label: the rest of its line, and the next line where the label ends its own. A
 * label inside a longer word, such as in "kontonavn", is none.
 */
export function labelled(lines: readonly string[], label: InvoiceLabel): string[] {
  const pattern = new RegExp(`${before}${words[label]}(?![\\p{L}])`, 'giu');
  return lines.flatMap((line, index) =>
    [...line.matchAll(pattern)].map((match) => {
      const rest = line.slice(match.index + match[0].length).replace(/^[\s:.]+/, '');
      return rest === '' ? (lines[index + 1] ?? '') : rest;
    }),
  );
}
