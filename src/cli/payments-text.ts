import { moneyToDecimal } from '#domain/money.ts';
import type { TransactionHint } from '#domain/payment/statement.ts';
import type { LookUp, LookUpOutcome } from '#domain/payment/look-up.ts';
import type { TimelineEntry } from '#store/payment-traces.ts';
import type { AskedPayment } from '#usecases/operate/payments/ask-bank.ts';
import type { ListedPayment } from '#usecases/operate/payments/search.ts';
import type { ExplainedPayment } from '#usecases/operate/payments/show.ts';
import type { ListOptions } from './payments-filters.ts';
import { plain } from './plain.ts';

const columns = (...cells: readonly string[]): string => `${plain(cells.join('  ').trimEnd())}\n`;

export const headLine = columns(
  'ID'.padEnd(36),
  'CREATED'.padEnd(20),
  'STATUS'.padEnd(22),
  'AMOUNT'.padStart(12),
  'ASK AT'.padEnd(20),
  'BANK',
);

/** One line for one payment. */
export function lineOf(payment: ListedPayment): string {
  const { id, createdAt, dueAt, bankName, provider } = payment;
  return columns(
    id,
    secondOf(createdAt),
    statusOf(payment).padEnd(22),
    moneyToDecimal(payment).padStart(12),
    (dueAt ? secondOf(dueAt) : '-').padEnd(20),
    `${bankName} (${provider})`,
  );
}

function statusOf({ status, isContradicted }: ListedPayment): string {
  return isContradicted ? `${status}!` : status;
}

/** The command that shows the next page, with the same filters. */
export function nextPageOf(options: ListOptions, after: string): string {
  const { since, until, amount, json, ...rest } = options;
  const money = amount === undefined ? undefined : moneyToDecimal({ amount, currency: 'NOK' });
  const given = { ...rest, amount: money, since: since?.toISOString(), until: until?.toISOString(), after };
  const words = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${quoted(String(value))}`],
  );
  return `More payments match: npx drop payments list ${[...words, ...(json ? ['--json'] : [])].join(' ')}\n`;
}

const quoted = (word: string): string =>
  /^[\w.:@-]+$/.test(word) ? word : `'${plain(word).replaceAll("'", "'\\''")}'`;

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
      return `call ${entry.id} ${entry.operation}: ${end}${quote}`;
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

/** For example `2026-11-24T10:30:00Z`. */
function secondOf(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
