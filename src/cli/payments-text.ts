import { moneyToDecimal } from '#domain/money.ts';
import type { TransactionHint } from '#domain/payment/statement.ts';
import type { LookUp, LookUpOutcome } from '#domain/payment/look-up.ts';
import type { TimelineEntry } from '#store/payment-traces.ts';
import type { AskedPayment } from '#usecases/operate/payments/ask-bank.ts';
import type { ListedPayment } from '#usecases/operate/payments/search.ts';
import type { ExplainedPayment } from '#usecases/operate/payments/show.ts';
import { plain } from './plain.ts';
import { secondOf, type Column } from './table.ts';

export const columns: readonly Column<ListedPayment>[] = [
  { title: 'ID', of: ({ id }) => id },
  { title: 'CREATED', of: ({ createdAt }) => secondOf(createdAt), spare: 2 },
  { title: 'STATUS', of: statusOf, min: 22 },
  { title: 'AMOUNT', of: moneyToDecimal, min: 12, right: true, spare: 1 },
  { title: 'ASK AT', of: ({ dueAt }) => (dueAt ? secondOf(dueAt) : '-'), min: 20, spare: 4 },
  { title: 'BANK', of: ({ bankName, provider }) => `${bankName} (${provider})`, spare: 3 },
];

function statusOf({ status, isContradicted }: ListedPayment): string {
  return isContradicted ? `${status}!` : status;
}

/** The amount as it is typed. */
export function amountText(amount: number): string {
  return moneyToDecimal({ amount, currency: 'NOK' });
}

/** The explanation as plain text. */
export function shownText({ timeline, next, lookUp, ...payment }: ExplainedPayment): string {
  const amount = moneyToDecimal(payment);
  const members = Object.entries({ ...payment, amount }).map(
    ([name, value]) => [name, textOf(value)] as const,
  );
  return [
    ...members.filter(([, text]) => text !== '').map(([name, text]) => `${name.padEnd(17)} ${text}`),
    ...lookUpLines(lookUp),
    '',
    `Next: ${next.does}${next.at ? `, at ${secondOf(next.at)}` : ''}`,
    '',
    'Timeline, oldest first:',
    ...(timeline.length === 0
      ? ['  none']
      : timeline.map((entry) => `  ${secondOf(entry.at)}  ${toldBy(entry)}`)),
    '',
  ]
    .map(plain)
    .join('\n');
}

const lookUpTexts: Record<LookUpOutcome, string> = {
  proven: 'a transaction carries the end-to-end id',
  hints: 'no transaction proves it; these may belong to it',
  nothing: 'no transaction was found, which proves nothing',
  not_covered: 'no consent that holds covers the transactions',
  not_offered: 'the provider does not document transactions',
  failed: 'the bank could not be asked, or the readings of the day were used up',
};

const hintTexts: Record<TransactionHint['kind'], string> = {
  own_id: 'carries the end-to-end id without the account of the payee',
  returned: 'carries the end-to-end id, and money came back',
  alike: 'has the same amount and the same or no account of the payee',
};

/** The last look-up in the account's transactions, with the bank's references to quote to the bank. */
function lookUpLines(lookUp: LookUp | null): string[] {
  if (lookUp === null) return [];
  const hints = lookUp.hints.map(({ kind, reference, day, isBooked }) => {
    const state = isBooked ? 'booked' : 'pending';
    return `  ${[day, state, reference].filter(Boolean).join(' ')}: ${hintTexts[kind]}`;
  });
  return ['', `In the account: ${lookUpTexts[lookUp.outcome]}`, ...hints];
}

function textOf(value: Date | string | number | boolean | string[] | null): string {
  if (value instanceof Date) return secondOf(value);
  return value === null ? '' : value.toString();
}

function toldBy(entry: TimelineEntry): string {
  switch (entry.kind) {
    case 'event': {
      const said = [entry.wireStatus, entry.reasonCode, ...(entry.differences ?? [])]
        .filter(Boolean)
        .join(' ');
      const what = entry.outcome === 'moved' ? `→ ${entry.status}` : `contradiction: ${entry.status}`;
      return `${what} by ${entry.evidence}${said === '' ? '' : ` (the bank: ${said})`}`;
    }
    case 'call': {
      const end = [entry.status ?? entry.errorCode, entry.providerCode].filter(Boolean).join(' ');
      const quote = entry.providerRequestId === null ? '' : `, request ${entry.providerRequestId}`;
      const bank = entry.bankId === null ? '' : ` to ${entry.bankId}`;
      return `call ${entry.id} ${entry.operation}${bank}: ${end}${quote}`;
    }
    case 'webhook':
      return `webhook ${entry.id} ${entry.eventType}: ${entry.status}, ${entry.failures} failures`;
    case 'message':
      return `message ${entry.code} over ${entry.channel}: ${entry.status}`;
    case 'access':
      return `${entry.what} for ${entry.actorName}: ${entry.why}`;
  }
}

/** The changes that the reading made. */
export function askedText({ before, after, isAsked }: AskedPayment): string {
  if (!isAsked)
    return `${before.id}: ${before.status}; no running Drop has asked within 30 s. It is done as soon as one runs.\n`;
  const change =
    before.status === after.status ? `still ${after.status}` : `${before.status} → ${after.status}`;
  const due = after.dueAt ? `, asked again at ${secondOf(after.dueAt)}` : '';
  return `${after.id}: ${change}${due}\n`;
}
