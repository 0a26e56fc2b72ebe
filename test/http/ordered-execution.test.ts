import { expect, test } from 'vitest';
import { dayAfter } from '#domain/banking/bank-days.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { payingCustomer } from './paying-customer.ts';

const amount = { amount: 25_000, currency: 'NOK' };
const creditor = { name: 'Strøm AS', accountNumber: '15032080178' };

test('a payment shows how it was ordered, and its account what the bank takes', async () => {
  const { ask, accountId, context } = await payingCustomer();
  const executionDate = dayAfter(osloDay(context.clock.now()), 7);
  const order = { accountId, amount, creditor };
  const shown = async (how: object) => {
    const { body } = await ask('POST', '/api/payments', { ...order, ...how, acceptsRepeat: true });
    return (await ask('GET', `/api/payments/${String(body['id'])}`)).body;
  };
  expect(await shown({})).toMatchObject({ instant: false, executionDate: null });
  expect(await shown({ instant: true })).toMatchObject({ instant: true, executionDate: null });
  expect(await shown({ executionDate })).toMatchObject({ instant: false, executionDate });
  expect((await ask('GET', '/api/accounts')).body).toMatchObject({
    accounts: [{ paymentRules: { takesInstant: true, daysAheadMax: 365 } }, {}],
  });
});

test.each([
  ['a day that is over', { executionDate: '2020-01-02' }, 'executionDate', 'etter i dag'],
  ['a day that is none', { executionDate: '2026-02-30' }, 'executionDate', ''],
  ['a moment in place of a day', { executionDate: '2026-12-01T10:00:00Z' }, 'executionDate', ''],
  ['an instant payment with a KID', { instant: true, kid: '2345676' }, 'instant', 'KID'],
  [
    'an instant payment on a day',
    { instant: true, executionDate: '2099-01-02' },
    'executionDate',
    'straksbetaling',
  ],
])('%s is refused with the field and its reason', async (_what, how, field, text) => {
  const { ask, accountId } = await payingCustomer();
  const { status, body } = await ask('POST', '/api/payments', { accountId, amount, creditor, ...how });
  expect(status).toBe(400);
  const [fault] = body.fields ?? [];
  expect(fault).toMatchObject({ field, message: expect.stringContaining(text) as string });
});
