import { maximumPaymentOere } from '#domain/money.ts';
import { plainNumber } from '#domain/plain-number.ts';

export type ReadAmount = { kind: 'amount'; oere: number } | { kind: 'missing' | 'form' | 'zero' | 'high' };

/**
 * Reads an amount in kroner in the formats that people and Drop's screens use: the currency before, after or absent;
 * spaces, points or commas between thousands; a comma or point before the decimals, or `,-` instead of decimals.
 * `1.250` is refused, because it can mean one krone or a thousand. A text that is displayed in another order than it is
 * read is refused, too: `1`, U+202E, `052`.
 */
export function readAmount(text: string): ReadAmount {
  const written = withoutCurrency(plainNumber(text).replace(/\s+/g, ' ').trim());
  if (written === '') return { kind: 'missing' };
  const oere = oereOf(written);
  if (oere === undefined) return { kind: 'form' };
  if (oere === 0) return { kind: 'zero' };
  return oere > maximumPaymentOere ? { kind: 'high' } : { kind: 'amount', oere };
}

/** Removes one NOK sign at one end. Any other currency stays and makes the amount invalid. */
function withoutCurrency(text: string): string {
  const before = /^(?:NOK|kr\.?) ?/i;
  const after = / ?(?:NOK|kr\.?|kroner)$/i;
  return before.test(text) ? text.replace(before, '') : text.replace(after, '');
}

/** The accepted formats: `whole` with its separators, then decimals or a dash. Each has one meaning only. */
const shapes = [
  /^(?<whole>\d{1,12})(?:[.,](?:(?<decimals>\d{1,2})|--?))?$/,
  /^(?<whole>\d{1,3}(?: \d{3})+)(?:[.,](?:(?<decimals>\d{1,2})|--?))?$/,
  // A point or comma separates thousands where the other sign follows, or where it occurs twice.
  /^(?<whole>[1-9]\d{0,2}(?:\.\d{3})+)(?:,(?<decimals>\d{1,2})|[.,]--?)$/,
  /^(?<whole>[1-9]\d{0,2}(?:,\d{3})+)(?:\.(?<decimals>\d{1,2})|[.,]--?)$/,
  /^(?<whole>[1-9]\d{0,2}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,}))$/,
];

function oereOf(written: string): number | undefined {
  const groups = shapes.map((shape) => shape.exec(written)?.groups).find((found) => found !== undefined);
  if (groups === undefined) return undefined;
  const { whole = '', decimals = '' } = groups;
  return Number(whole.replace(/\D/g, '')) * 100 + Number(decimals.padEnd(2, '0'));
}

/** Formats øre as the field shows them: `1 250,50`, in English `1,250.50`. */
export function writeAmount(oere: number, locale: 'nb' | 'en'): string {
  return new Intl.NumberFormat(locale === 'nb' ? 'nb-NO' : 'en-GB', { minimumFractionDigits: 2 }).format(
    oere / 100,
  );
}
