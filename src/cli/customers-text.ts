import { erasureSteps } from '#domain/erasure.ts';
import type { Closing } from '#store/customer-search.ts';
import type { FoundCustomer } from '#usecases/operate/customers/find.ts';
import type { ShownCustomer } from '#usecases/operate/customers/show.ts';
import { plain } from './plain.ts';
import { secondOf, type Column } from './table.ts';

export const columns: readonly Column<FoundCustomer>[] = [
  { title: 'ID', of: ({ id }) => id },
  { title: 'NAME', of: ({ name }) => name },
  { title: 'VERIFIED', of: ({ kycStatus }) => kycStatus, spare: 1 },
  { title: 'E-MAIL', of: ({ email }) => email ?? '-', spare: 2 },
  { title: 'SINCE', of: ({ createdAt }) => secondOf(createdAt), spare: 3 },
];

/** A customer as plain text. */
export function shownText({ id, name, kycStatus, createdAt, sessions, ...data }: ShownCustomer): string {
  const until = (date: Date | null): string => (date === null ? '' : ` until ${secondOf(date)}`);
  return [
    `${id}  ${plain(name)}`,
    `verification ${kycStatus}, customer since ${secondOf(createdAt)}, live sessions ${sessions}`,
    ...(data.closing === null ? [] : closingLines(data.closing)),
    ...section('E-mail addresses', data.emails, (one) => `${one.address} ${one.status}`),
    ...section(
      'Verifications',
      data.applicants,
      (one) => `${one.applicantId} at ${one.levelName}: ${one.kycStatus}, read ${secondOf(one.checkedAt)}`,
    ),
    ...section(
      'Consents',
      data.consents,
      (one) => `${one.bankName} (${one.provider}): ${one.status}${until(one.validUntil)}\n    ${one.id}`,
    ),
    ...section(
      'Accounts',
      data.accounts,
      (one) => `${one.accountNumber ?? 'without a number'} ${one.currency}`,
    ),
    ...section(
      'Payments',
      data.payments,
      (one) => `${one.status}: ${one.count}, the newest of ${secondOf(one.newestAt)}`,
    ),
    ...section(
      'Accesses',
      data.accesses,
      (one) => `${secondOf(one.at)}  ${one.what} (${one.subject}) for ${one.actorName}: ${one.why}`,
    ),
    '',
  ].join('\n');
}

function section<Row>(title: string, rows: readonly Row[], textOf: (row: Row) => string): string[] {
  const lines = rows.flatMap((row) => textOf(row).split('\n').map(plain));
  return ['', `${title}:`, ...(lines.length === 0 ? ['  none'] : lines.map((line) => `  ${line}`))];
}

function closingLines({ askedAt, askedBy, stepsDone, attempts, dueAt }: Closing): string[] {
  const left = erasureSteps.filter((step) => !stepsDone.includes(step));
  const next =
    left.length === 0
      ? ''
      : `, tried ${attempts === 1 ? 'once' : `${attempts} times`}, next ${secondOf(dueAt)}`;
  return [
    `closed ${secondOf(askedAt)} by ${askedBy === 'customer' ? 'the customer' : 'an operator'}`,
    `erased: ${stepsDone.join(', ') || 'nothing'}; left: ${left.join(', ') || 'nothing'}${next}`,
  ];
}
