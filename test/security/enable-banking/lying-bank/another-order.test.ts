import { expect, test } from 'vitest';
import { LyingBank, readAs } from './world.ts';

type Payment = Record<string, unknown>;
type Transfer = Record<string, unknown>;

const settled = { status: 'ACSC', final_status: true };

/** A settled payment whose one transfer is changed. */
const transfer = (change: (transfer: Transfer) => Transfer) => (payment: Payment) => {
  const details = payment['payment_details'] as { credit_transfer_transaction: Transfer[] };
  const transfers = details.credit_transfer_transaction.map(change);
  return { ...payment, ...settled, payment_details: { ...details, credit_transfer_transaction: transfers } };
};
const beneficiary = (identification: string) => ({
  creditor: { name: 'Strømselskapet AS' },
  creditor_account: { identification, scheme_name: 'BBAN' },
});

test.each<[string, (payment: Payment) => Payment]>([
  ['another payment, settled', (payment) => ({ ...payment, ...settled, payment_id: crypto.randomUUID() })],
  [
    'another amount',
    transfer((each) => ({ ...each, instructed_amount: { currency: 'NOK', amount: '999.00' } })),
  ],
  [
    'another currency',
    transfer((each) => ({ ...each, instructed_amount: { currency: 'SEK', amount: '250.00' } })),
  ],
  [
    'an amount that is a number',
    transfer((each) => ({ ...each, instructed_amount: { currency: 'NOK', amount: 250 } })),
  ],
  [
    'three decimals',
    transfer((each) => ({ ...each, instructed_amount: { currency: 'NOK', amount: '250.005' } })),
  ],
  ['another creditor', transfer((each) => ({ ...each, beneficiary: beneficiary('95360573002') }))],
  [
    'no creditor',
    transfer((each) => ({ ...each, beneficiary: { creditor: { name: 'Strømselskapet AS' } } })),
  ],
  ['another KID', transfer((each) => ({ ...each, reference_number: '1234567897' }))],
  ['a text that nobody approved', transfer((each) => ({ ...each, remittance_information: ['Til meg'] }))],
  [
    'another end-to-end identification',
    transfer((each) => ({ ...each, payment_id: { end_to_end_id: 'f'.repeat(32) } })),
  ],
  [
    'another debtor',
    (payment) => ({
      ...payment,
      ...settled,
      payment_details: {
        ...(payment['payment_details'] as object),
        debtor_account: { identification: '86011117947', scheme_name: 'BBAN' },
      },
    }),
  ],
  [
    'a second transfer, to a stranger',
    (payment) => {
      const details = payment['payment_details'] as { credit_transfer_transaction: Transfer[] };
      const [first] = details.credit_transfer_transaction;
      const second = { ...first, beneficiary: beneficiary('95360573002') };
      return {
        ...payment,
        ...settled,
        payment_details: { ...details, credit_transfer_transaction: [first, second] },
      };
    },
  ],
  ['no order', (payment) => ({ ...payment, ...settled, payment_details: undefined })],
  ['an order that is null', (payment) => ({ ...payment, ...settled, payment_details: null })],
  ['an order without transfers', (payment) => ({ ...payment, ...settled, payment_details: {} })],
])('%s settles nothing, alarms once, and leaves it open whether money has moved', async (_case, lie) => {
  const bank = await LyingBank.start();
  const payment = await bank.pay();
  bank.lie(readAs(lie));
  await bank.ask();
  expect(await bank.told(payment)).toEqual({
    status: 'awaiting_authorisation',
    moneyMoved: 'not_yet_known',
  });
  expect(await bank.find(payment)).toMatchObject({ contradictedAt: expect.any(Date) as Date });
  await bank.ask();
  expect(await bank.alerts()).toEqual([
    expect.objectContaining({
      severity: 'critical',
      title: 'A bank carries out another order than the one approved',
    }),
  ]);
});

test('a bank that says the right thing after all is believed again', async () => {
  const bank = await LyingBank.start();
  const payment = await bank.approved();
  bank.lie(readAs((truth) => ({ ...truth, ...settled, payment_details: null })));
  await bank.ask();
  bank.lie(() => undefined);
  await bank.settle();
  expect(await bank.told(payment)).toEqual({ status: 'settled', moneyMoved: 'yes' });
});

test('a rejected payment that the bank then calls settled stays rejected, and leaves money open', async () => {
  const bank = await LyingBank.start();
  const payment = await bank.pay();
  await bank.stack.visit(bank.linkOf(payment), 'reject');
  await bank.settle();
  expect(await bank.told(payment)).toEqual({ status: 'rejected', moneyMoved: 'no' });
  bank.lie(readAs((truth) => ({ ...truth, ...settled })));
  await bank.handleWebhooks();
  expect(await bank.told(payment)).toEqual({ status: 'rejected', moneyMoved: 'not_yet_known' });
  expect((await bank.alerts()).map(({ title }) => title)).toEqual([
    'A final payment is contradicted by its bank',
  ]);
  // The bank goes on being asked, and taken at its word once it agrees again.
  bank.lie(() => undefined);
  await bank.ask();
  expect(await bank.told(payment)).toEqual({ status: 'rejected', moneyMoved: 'no' });
});

test.each(['RJCT', 'CNCL'])(
  '%s that is not final closes nothing, and the payment settles when booked',
  async (word) => {
    const bank = await LyingBank.start();
    const payment = await bank.approved();
    bank.lie(readAs((truth) => ({ ...truth, status: word, final_status: false })));
    await bank.settle();
    expect((await bank.told(payment)).moneyMoved).toBe('not_yet_known');
    expect((await bank.told(payment)).status).toBe('awaiting_authorisation');
    bank.lie(() => undefined);
    await bank.ask();
    expect(await bank.told(payment)).toEqual({ status: 'settled', moneyMoved: 'yes' });
  },
);

test('a payment whose webhooks are late is not said to be unpaid once the customer was sent to the bank', async () => {
  const bank = await LyingBank.start();
  await bank.stack.act('hold_webhooks');
  const payment = await bank.approved();
  expect(await bank.told(payment)).toEqual({
    status: 'awaiting_authorisation',
    moneyMoved: 'not_yet_known',
  });
});
