import { expect, test } from 'vitest';
import type { RoutingStatus } from '#usecases/operate/routing/status.ts';
import { planText, statusText } from './providers-text.ts';

const shift = { from: 'old', to: 'new', bank: 'DNB' };

const statusOf = (number: number): RoutingStatus => {
  const ids = Array.from({ length: number }, (_, index) => `${index}`);
  const move = {
    to: 'new',
    whom: 'everyone',
    sharePercent: 0,
    customers: ids,
    exceptCustomers: ids,
  } as const;
  const usage = { customers: number, activeConsents: number, pendingConsents: number, openPayments: number };
  return {
    version: 1,
    policy: { salt: 's', home: 'old', moves: [move] },
    changes: [],
    usage: [{ provider: 'old', ...usage }],
    banks: {},
  };
};

test('a status counts one of a thing in the singular, and several in the plural', () => {
  expect(statusText(statusOf(1))).toContain(
    '0 % of everyone, at every bank, 1 customer by id, 1 customer never\n' +
      'Still served:\n' +
      '  old              1 consent of 1 customer, 1 pending, 1 open payment\n',
  );
  expect(statusText(statusOf(2))).toContain(
    '0 % of everyone, at every bank, 2 customers by id, 2 customers never\n' +
      'Still served:\n' +
      '  old              2 consents of 2 customers, 2 pending, 2 open payments\n',
  );
});

test.each([
  [1, 'newest 1 payment, as if each customer consented anew: 0', '1 payment of 1 customer'],
  [2, 'newest 2 payments, as if each customer consented anew: 0', '2 payments of 2 customers'],
])('a plan counts likewise: %d', (count, tried, shifted) => {
  const shifts = [{ ...shift, payments: count, customers: count }];
  expect(
    planText({
      version: 0,
      changes: [],
      neverLinked: [],
      simulatedPayments: count,
      stayingPayments: 0,
      shifts,
    }),
  ).toBe(
    `Nothing changes from version 0.\nTried on the ${tried} at the same provider.\n` +
      `  old → new  DNB: ${shifted}\n`,
  );
});
