import { formats } from '#domain/formats.ts';
import type { Locale } from '#domain/locale.ts';
import type { CopiedTable } from './read-data.ts';
import { copyTexts } from './texts.ts';

/** Amounts in øre; accounts and payments have their currency beside it. */
const moneyColumns = new Set(['amount', 'balance', 'payment_limit', 'day_limit', 'limit_amount']);

const style =
  'body{font-family:sans-serif;line-height:1.5;max-width:50rem;margin:2rem auto;padding:0 1rem}' +
  'dl{display:grid;grid-template-columns:minmax(8rem,1fr) 2fr;gap:.25rem 1rem;border-top:1px solid #767676;' +
  'padding-top:.75rem}dt{font-weight:bold}dd{margin:0;overflow-wrap:anywhere}';

/** The readable part of a copy: one page, which loads nothing from anywhere, in pieces of a row each. */
export function* copyPage(
  tables: readonly CopiedTable[],
  { locale, at }: { locale: Locale; at: Date },
): Generator<string> {
  const texts = copyTexts[locale];
  const made = `${texts.madeAt} ${formats[locale].dateTime(at.toISOString())}`;
  yield [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${texts.title}</title><style>${style}</style></head><body><main>`,
    `<h1>${texts.title}</h1><p>${made}</p><p>${texts.intro}</p><p>${texts.withheld}</p>`,
    '',
  ].join('\n');
  for (const table of tables.toSorted(byInterest)) yield* sectionOf(table, locale);
  yield '</main></body></html>\n';
}

/** What customers look for first; the others follow in the order of the catalogue. */
const firstTables = ['users', 'email_addresses', 'bank_accounts', 'bank_connections', 'transactions'];

function byInterest(one: CopiedTable, other: CopiedTable): number {
  const rankOf = ({ name }: CopiedTable): number => firstTables.toReversed().indexOf(name);
  return rankOf(other) - rankOf(one);
}

function* sectionOf({ name, title, columns, rows }: CopiedTable, locale: Locale): Generator<string> {
  const heading = escaped(copyTexts[locale].table(name, title));
  yield `<section><h2>${heading} (${rows.length})</h2>\n`;
  for (const row of rows) {
    const lines = columns.flatMap((column) => lineOf(row, column, locale) ?? []);
    yield `<dl>${lines.join('')}</dl>\n`;
  }
  yield '</section>\n';
}

/** Undefined for a value that is not there. */
function lineOf(row: Readonly<Record<string, unknown>>, column: string, locale: Locale): string | undefined {
  const value = row[column];
  if (value === null || value === undefined) return undefined;
  const label = escaped(copyTexts[locale].column(column));
  return `<dt>${label}</dt><dd>${escaped(shown(row, column, locale))}</dd>`;
}

function shown(row: Readonly<Record<string, unknown>>, column: string, locale: Locale): string {
  const value = row[column];
  const { yes, no } = copyTexts[locale];
  if (typeof value === 'number' && moneyColumns.has(column)) return moneyOf(row, value, locale);
  if (value instanceof Date) return formats[locale].dateTime(value.toISOString());
  if (typeof value === 'boolean') return value ? yes : no;
  if (Array.isArray(value)) return value.map((each: unknown) => plain(each, locale)).join(', ');
  return plain(value, locale);
}

function moneyOf(row: Readonly<Record<string, unknown>>, amount: number, locale: Locale): string {
  const known = row['balance_currency'] ?? row['currency'];
  return formats[locale].money({ amount, currency: typeof known === 'string' ? known : 'NOK' });
}

function plain(value: unknown, locale: Locale): string {
  if (value instanceof Date) return formats[locale].dateTime(value.toISOString());
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
