import { isAccountNumber, normaliseAccountNumber } from '#domain/banking/account-number.ts';
import { isPlausibleKid, normaliseKid } from '#domain/banking/kid.ts';
import { plainNumber } from '#domain/plain-number.ts';
import { readAmount } from './amount-text.ts';
import { labelled } from './invoice-labels.ts';
import { readDay } from './invoice-day.ts';

/** The values that an invoice's text names. One that is absent, invalid or ambiguous is undefined. */
export interface InvoiceValues {
  /** Eleven digits with a valid control digit. */
  accountNumber?: string;
  kid?: string;
  oere?: number;
  /** `YYYY-MM-DD`. */
  dueDay?: string;
}

/** The longest text that is read, in characters: some pages of an invoice. */
export const invoiceLengthMax = 20_000;

/** Invisible characters that can show a number in another order than it is read. */
const reordered = /\p{Cf}/u;

/**
 * Reads the text of a whole invoice, or one account number. A value counts only beside its label: a national identity
 * number has the same control digit as an account number, so eleven digits alone prove nothing. Where a label has two
 * values that differ, none is taken.
 */
export function readInvoice(text: string): InvoiceValues {
  const lines = plainNumber(text.slice(0, invoiceLengthMax))
    .split(/\r?\n/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '' && !reordered.test(line));
  return withoutAbsent({
    accountNumber: accountNumberOf(lines),
    kid: theOne(labelled(lines, 'kid').flatMap(kidIn)),
    oere:
      theOne(labelled(lines, 'toPay').flatMap(oereIn)) ?? theOne(labelled(lines, 'total').flatMap(oereIn)),
    dueDay: theOne(labelled(lines, 'due').flatMap(readDay)),
  });
}

function accountNumberOf(lines: readonly string[]): string | undefined {
  const [line = '', ...others] = lines;
  const alone = normaliseAccountNumber(line);
  if (others.length === 0 && isAccountNumber(alone)) return alone;
  return theOne([...labelled(lines, 'account'), ...labelled(lines, 'iban')].flatMap(accountNumberIn));
}

/** Digits that belong together, with one space, point or dash between groups. */
const accountShape = /^:? ?((?:NO[ ]?\d{2}[ ]?)?\d(?:[ .-]?\d){10})(?![ .-]?\d)/i;

function accountNumberIn(rest: string): string[] {
  const number = normaliseAccountNumber(accountShape.exec(rest)?.[1] ?? '');
  return isAccountNumber(number) ? [number] : [];
}

const kidShape = /^:? ?(\d(?: ?\d){0,23} ?[\d-])(?![\d-])/;

function kidIn(rest: string): string[] {
  const kid = normaliseKid(kidShape.exec(rest)?.[1] ?? '');
  return isPlausibleKid(kid) ? [kid] : [];
}

/** The sign of the currency, then the number; what follows tells whether the number is whole and in kroner. */
const amountShape = /^[ :]*(?:\(?(?:NOK|kr\.?)\)?[ :]*)?(\d[\d ., ]*-?)(.*)/i;
const foreign = /^ ?(?:[€$£%]|(?:EUR|USD|GBP|SEK|DKK|CHF|euro|dollar)\b)/i;

function oereIn(rest: string): number[] {
  const [, number = '', after = ''] = amountShape.exec(rest) ?? [];
  const isCut = /\S$/.test(number) && /^[^\s,.;)]/.test(after);
  if (isCut || foreign.test(after)) return [];
  const read = readAmount(number.trim().replace(/[.,]$/, ''));
  return read.kind === 'amount' ? [read.oere] : [];
}

function theOne<Value>(found: readonly Value[]): Value | undefined {
  return new Set(found).size === 1 ? found[0] : undefined;
}

function withoutAbsent(values: {
  [Name in keyof InvoiceValues]: InvoiceValues[Name] | undefined;
}): InvoiceValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
