import { maximumPaymentOere } from '../../../src/domain/money.ts';

export type ReadAmount = { kind: 'amount'; oere: number } | { kind: 'missing' | 'form' | 'zero' | 'high' };

/**
 * Reads an amount as people write it: spaces between thousands, comma or point before the decimals. `1.250` is refused
 * rather than guessed at, for it may mean one krone or a thousand.
 */
export function readAmount(text: string): ReadAmount {
  const compact = text.replace(/[\s\u00a0\u202f]|kr\.?/gi, '');
  if (compact === '') return { kind: 'missing' };
  const plain = withoutThousands(compact);
  const match = /^(\d{1,12})(?:[.,](\d{1,2}))?$/.exec(plain);
  if (!match) return { kind: 'form' };
  const [, whole = '0', fraction = ''] = match;
  const oere = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  if (oere === 0) return { kind: 'zero' };
  return oere > maximumPaymentOere ? { kind: 'high' } : { kind: 'amount', oere };
}

/** `1.250,50` and `1,250.50` say which sign is which. */
function withoutThousands(text: string): string {
  if (/^\d{1,3}(\.\d{3})+,\d{1,2}$/.test(text)) return text.replace(/\./g, '');
  if (/^\d{1,3}(,\d{3})+\.\d{1,2}$/.test(text)) return text.replace(/,/g, '');
  return text;
}

/** Øre as the field shows them: `1 250,50`, in English `1,250.50`. */
export function writeAmount(oere: number, locale: 'nb' | 'en'): string {
  return new Intl.NumberFormat(locale === 'nb' ? 'nb-NO' : 'en-GB', { minimumFractionDigits: 2 }).format(
    oere / 100,
  );
}
