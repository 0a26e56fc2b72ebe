import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toPayment } from './map.ts';
import { paymentSchema } from './wire.ts';

const payment: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures', 'payment.json'), 'utf8'),
);

test('a payment without enough money is rejected for that reason', () => {
  expect(toPayment(paymentSchema.parse(payment))).toMatchObject({
    status: 'rejected',
    wireStatus: 'declined',
    reason: 'insufficient_funds',
    reasonCode: 'AM04',
    next: { kind: 'none' },
  });
});
