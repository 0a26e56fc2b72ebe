import { expect, test } from 'vitest';
import { columns as calls } from './calls-text.ts';
import { columns as customers } from './customers-text.ts';
import { columns as messages } from './outbox-text.ts';
import { columns as payments } from './payments-text.ts';
import { tableOf, type Column } from './table.ts';
import { columns as webhooks } from './webhooks-text.ts';

interface Row {
  name: string;
  count: number;
}

const columns: readonly Column<Row>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'N', of: ({ count }) => `${count}`, min: 3, right: true, spare: 1 },
  { title: 'TWICE', of: ({ count }) => `${count * 2}`, spare: 2 },
];
const rows = [
  { name: 'a', count: 1 },
  { name: 'longer\u001b', count: 20 },
];

test('cells stand under their titles, and control characters do not reach the terminal', () => {
  const { head, lineOf } = tableOf(columns, rows);
  expect([head, ...rows.map(lineOf)].join('')).toBe(
    'NAME       N  TWICE\na          1  2\nlonger?   20  40\n',
  );
});

test('a narrow terminal loses the columns that can be spared first, and no others', () => {
  expect(tableOf(columns, rows, 13).head).toBe('NAME      N\n');
  expect(tableOf(columns, rows, 3).head).toBe('NAME\n');
});

const at = new Date('2026-02-23T14:30:00Z');
const id = '0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11';
const narrow: [string, readonly Column<never>[], object][] = [
  [
    'calls',
    calls,
    {
      id: 123_456,
      startedAt: at.toISOString(),
      operation: 'open-banking.create_payment',
      attempt: 1,
      outcome: 'unanswered',
      status: null,
      errorCode: 'provider_timeout',
      providerCode: null,
      durationMs: 1,
    },
  ],
  [
    'customers',
    customers,
    { id, name: 'K••• N•••', kycStatus: 'approved', email: 'k•••@example.com', createdAt: at },
  ],
  [
    'messages',
    messages,
    {
      id: 123_456,
      createdAt: at,
      status: 'delivered',
      channel: 'mail',
      code: 'payment_settled',
      recipient: `user:${id}`,
    },
  ],
  [
    'payments',
    payments,
    {
      id,
      createdAt: at,
      status: 'awaiting_authorisation',
      amount: 1,
      currency: 'NOK',
      dueAt: at,
      bankName: 'DNB',
    },
  ],
  [
    'webhooks',
    webhooks,
    {
      id: 1,
      receivedAt: at,
      status: 'received',
      provider: 'sumsub',
      eventType: 'applicantReviewed',
      subject: id,
    },
  ],
];

test.each(narrow)('the list of %s fits into sixty columns', (_name, all, entry) => {
  const { head, lineOf } = tableOf(all, [entry as never], 60);
  expect(Math.max(head.trimEnd().length, lineOf(entry as never).trimEnd().length)).toBeLessThanOrEqual(60);
});
