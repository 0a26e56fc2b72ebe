import { formatAccountNumber } from '#domain/banking/account-number.ts';
import type { Clock } from '#domain/clock.ts';
import { formats, type Format } from '#domain/formats.ts';
import type { Locale } from '#domain/locale.ts';
import { startOfOsloDay } from '#domain/oslo-time.ts';
import { shortReferenceOf } from '#domain/payment/short-reference.ts';
import type { StatementPeriod } from '#domain/payment/statement-period.ts';
import { makePdf } from '../write-pdf.ts';
import { drawStatement, type StatementContent, type StatementRow } from './draw.ts';
import { isPaid, statusOf, type StatementPayment } from './payment.ts';
import { statementTexts } from './texts.ts';

export interface Statement {
  period: StatementPeriod;
  locale: Locale;
  customerName: string;
  /** In the order of the table. */
  payments: readonly StatementPayment[];
}

/** A statement as a tagged PDF. Its bytes depend on the statement only: it bears no time at which it was made. */
export async function statementPdf(statement: Statement, clock: Clock): Promise<Buffer> {
  const { locale, period } = statement;
  const { title, language } = statementTexts[locale];
  const reference = `${period.from} – ${period.to}`;
  const content = statementContent(statement);
  return makePdf({ title, language, reference, date: startOfOsloDay(period.to) }, (canvas) =>
    drawStatement(canvas, content, clock),
  );
}

function statementContent({ locale, period, customerName, payments }: Statement): StatementContent {
  const texts = statementTexts[locale];
  const format = formats[locale];
  const day = (date: string): string => format.date(`${date}T12:00:00Z`);
  const paid = payments.filter(isPaid);
  const lines = [texts.customer(customerName), texts.period(day(period.from), day(period.to))];
  return {
    title: texts.title,
    lines: payments.length === 0 ? [...lines, texts.none] : [...lines, ...paidLines(paid, locale)],
    columns: texts.pdfColumns,
    rows: payments.map((payment) => rowOf(payment, locale, format)),
    note: texts.note,
    pageOf: texts.pageOf,
  };
}

/** What was paid, in each currency. */
function paidLines(paid: readonly StatementPayment[], locale: Locale): string[] {
  const byCurrency = Map.groupBy(paid, ({ order }) => order.money.currency);
  return [...byCurrency].map(([currency, payments]) => {
    const amount = payments.reduce((sum, { order }) => sum + order.money.amount, 0);
    return statementTexts[locale].paid(payments.length, formats[locale].money({ amount, currency }));
  });
}

function rowOf(payment: StatementPayment, locale: Locale, format: Format): StatementRow {
  const texts = statementTexts[locale];
  const { order, createdAt, settledAt } = payment;
  const { remittance } = order;
  const at = createdAt.toISOString();
  return [
    [format.date(at), format.time(at)],
    [
      order.creditorName,
      texts.account(formatAccountNumber(order.creditorAccountNumber)),
      ...(remittance.kind === 'kid' ? [texts.kid(remittance.kid)] : []),
      ...(remittance.kind === 'text' ? [remittance.text] : []),
      texts.reference(shortReferenceOf(payment.id)),
    ],
    [
      statusOf(payment, locale),
      ...(isPaid(payment) && settledAt ? [format.date(settledAt.toISOString())] : []),
    ],
    [format.money(order.money)],
  ];
}
