import type { Locale } from '#domain/locale.ts';
import { moneyToDecimal } from '#domain/money.ts';
import { osloDay, osloTime } from '#domain/oslo-time.ts';
import { shortReferenceOf } from '#domain/payment/short-reference.ts';
import { isPaid, statusOf, type StatementPayment } from './payment.ts';
import { statementTexts } from './texts.ts';

/**
 * The forms in which spreadsheets read numbers and days: in Norway with a decimal comma, hence semicolons; in English
 * as RFC 4180 and ISO 8601 have them.
 */
const forms: Record<Locale, { separator: string; decimalSign: string; day: (at: Date) => string }> = {
  nb: { separator: ';', decimalSign: ',', day: (at) => osloDay(at).split('-').reverse().join('.') },
  en: { separator: ',', decimalSign: '.', day: osloDay },
};

/** Excel takes a CSV for UTF-8 by this sign only. */
const byteOrderMark = '\ufeff';

/** The first line, after the sign of the encoding. */
export function csvHead(locale: Locale): string {
  return byteOrderMark + lineOf(statementTexts[locale].csvColumns, locale);
}

/** One payment. Account numbers have dots and a KID its name, so that no spreadsheet takes either for a number. */
export function csvLine(payment: StatementPayment, locale: Locale): string {
  const { order, createdAt, settledAt, bankName } = payment;
  const { day, decimalSign } = forms[locale];
  const { creditorName, creditorAccountNumber, debtorAccountNumber, money, remittance } = order;
  const cells = [
    day(createdAt),
    osloTime(createdAt).time,
    creditorName,
    dotted(creditorAccountNumber),
    moneyToDecimal(money).replace('.', decimalSign),
    money.currency,
    remittance.kind === 'kid' ? statementTexts[locale].kid(remittance.kid) : remittanceText(remittance),
    bankName,
    dotted(debtorAccountNumber),
    statusOf(payment, locale),
    isPaid(payment) && settledAt ? day(settledAt) : '',
    shortReferenceOf(payment.id),
  ];
  return lineOf(cells, locale);
}

const remittanceText = (remittance: StatementPayment['order']['remittance']): string =>
  remittance.kind === 'text' ? remittance.text : '';

const dotted = (accountNumber: string): string => accountNumber.replace(/^(\d{4})(\d\d)(\d{5})$/, '$1.$2.$3');

function lineOf(cells: readonly string[], locale: Locale): string {
  const { separator } = forms[locale];
  return `${cells.map((cell) => cellOf(cell, separator)).join(separator)}\r\n`;
}

/**
 * Where a formula begins in some spreadsheet: at the start of a cell, also after spaces and quotation marks, and in the
 * wide forms of East Asia. A spreadsheet in another language separates cells by another sign, so that a text with a
 * separator is two cells there, whatever quotation marks are around it. It may take as long as the square of what it
 * reads: names and texts of orders, of 140 characters at most.
 */
const beforeFormula = /(?<=^|[;,\t])(?=["\s\u0000]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20])|^(?=[\t\r\n])/gu;

/** What a spreadsheet would calculate begins with an apostrophe, so that it is shown as text. */
function cellOf(text: string, separator: string): string {
  const harmless = text.replace(beforeFormula, "'");
  const isQuoted = /["\r\n]/.test(harmless) || harmless.includes(separator);
  return isQuoted ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
