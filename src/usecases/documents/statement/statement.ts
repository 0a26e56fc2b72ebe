import type { Locale } from '#domain/locale.ts';
import type { StatementForm, StatementPeriod } from '#domain/payment/statement-period.ts';
import type { Payment } from '#store/payments.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../../context.ts';
import { csvHead, csvLine } from './csv.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { statementPdf } from './pdf.ts';
import { readStatement } from './read.ts';
import { statementTexts } from './texts.ts';

export interface StatementChoice {
  period: StatementPeriod;
  locale: Locale;
}

/** Plain ASCII, without personal data. */
export function statementFileName({ period, locale }: StatementChoice, form: StatementForm): string {
  return `${statementTexts[locale].fileName}-${period.from}-${period.to}.${form}`;
}

/**
 * The customer's payments of a period as CSV (RFC 4180, UTF-8 with a byte order mark), written while it is read.
 *
 * @throws {DropError} `payment_statement_too_long`, before the first byte.
 */
export async function writeStatementCsv(
  context: UseCaseContext,
  user: User,
  { period, locale }: StatementChoice,
): Promise<AsyncGenerator<string>> {
  const pages = await readStatement(context, user, { form: 'csv', period });
  return written();

  async function* written(): AsyncGenerator<string> {
    yield csvHead(locale);
    for await (const payments of pages) yield payments.map((payment) => csvLine(payment, locale)).join('');
  }
}

/**
 * The customer's payments of a period as a tagged PDF: the same bytes as long as the payments are the same. A process
 * writes one at a time: several would share its turns among themselves, and each holds its payments in memory.
 *
 * @throws {DropError} `payment_statement_too_long`.
 */
export async function writeStatementPdf(
  context: UseCaseContext,
  user: User,
  choice: StatementChoice,
): Promise<Buffer> {
  return writing.run(async () => {
    const pages = await readStatement(context, user, { form: 'pdf', period: choice.period });
    const payments: Payment[] = [];
    for await (const page of pages) payments.push(...page);
    return statementPdf({ ...choice, payments, customerName: user.name }, context.clock);
  });
}

const writing = new OneAtATime();
