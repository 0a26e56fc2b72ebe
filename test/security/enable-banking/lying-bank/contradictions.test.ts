import { expect, test } from 'vitest';
import { LyingBank, readAs } from './world.ts';

type Payment = Record<string, unknown>;

const settled = { status: 'ACSC', final_status: true };
const orderTitle = 'A bank carries out another order than the one approved';
const finalTitle = 'A final payment is contradicted by its bank';

/** A settled payment whose one transfer is changed. */
const transfer = (change: object) => (payment: Payment) => {
  const details = payment['payment_details'] as { credit_transfer_transaction: object[] };
  const transfers = details.credit_transfer_transaction.map((each) => ({ ...each, ...change }));
  return { ...payment, ...settled, payment_details: { ...details, credit_transfer_transaction: transfers } };
};

test('another contradiction under the same word of the bank is told, too', async () => {
  const bank = await LyingBank.start();
  await bank.pay();
  bank.lie(readAs(transfer({ remittance_information: ['Til meg'] })));
  await bank.ask();
  await bank.ask();
  const account = { identification: '95360573002', scheme_name: 'BBAN' };
  bank.lie(readAs(transfer({ beneficiary: { creditor_account: account } })));
  await bank.ask();
  await bank.ask();
  expect((await bank.alerts()).map(({ message }) => message)).toEqual([
    expect.stringContaining('with another text'),
    expect.stringContaining('with another creditorAccountNumber'),
  ]);
});

test('the same contradiction is told once, whatever the bank goes on to say of the status', async () => {
  const bank = await LyingBank.start();
  await bank.pay();
  for (const status of ['RCVD', 'ACTC', 'ACSP', 'ACSC']) {
    const changed = transfer({ remittance_information: ['Til meg'] });
    bank.lie(readAs((truth) => ({ ...changed(truth), status })));
    await bank.ask();
  }
  expect(await bank.alerts()).toHaveLength(1);
});

test('a contradiction that was taken back and comes again is told again', async () => {
  const bank = await LyingBank.start();
  await bank.pay();
  const lie = readAs(transfer({ remittance_information: ['Til meg'] }));
  for (const each of [lie, () => undefined, lie]) {
    bank.lie(each);
    await bank.ask();
  }
  expect((await bank.alerts()).map(({ title }) => title)).toEqual([orderTitle, orderTitle]);
});

test('a rejected payment that settles is told, though the same word contradicted the order before', async () => {
  const bank = await LyingBank.start();
  const payment = await bank.pay();
  for (const lie of [
    transfer({ remittance_information: ['Til meg'] }),
    (truth: Payment) => ({ ...truth, status: 'RJCT', final_status: true }),
    (truth: Payment) => ({ ...truth, ...settled }),
  ]) {
    bank.lie(readAs(lie));
    bank.stack.hints.push({ provider: 'enable-banking', reference: payment.reference ?? '' });
    await bank.handleWebhooks();
  }
  expect(await bank.told(payment)).toEqual({ status: 'rejected', moneyMoved: 'not_yet_known' });
  expect((await bank.alerts()).map(({ title }) => title)).toEqual([orderTitle, finalTitle]);
});

test.each(['ACTC', 'ACSP', 'ACSC'])(
  'a rejected payment of which the bank says %s leaves it open, and is told when the bank says so again',
  async (word) => {
    const bank = await LyingBank.start();
    const payment = await bank.pay();
    bank.lie(readAs((truth) => ({ ...truth, status: 'RJCT', final_status: true })));
    await bank.ask();
    expect(await bank.told(payment)).toEqual({ status: 'rejected', moneyMoved: 'no' });
    bank.lie(readAs((truth) => ({ ...truth, status: word, final_status: false })));
    bank.stack.hints.push({ provider: 'enable-banking', reference: payment.reference ?? '' });
    await bank.handleWebhooks();
    // Two answers may have crossed.
    expect(await bank.told(payment)).toEqual({ status: 'rejected', moneyMoved: 'not_yet_known' });
    expect(await bank.alerts()).toEqual([]);
    await bank.ask(2_000);
    expect((await bank.alerts()).map(({ title }) => title)).toEqual([finalTitle]);
  },
);

test('answers that crossed are resolved by asking once more, without an alert', async () => {
  const bank = await LyingBank.start();
  const payment = await bank.pay();
  const rejected = readAs((truth) => ({ ...truth, status: 'RJCT', final_status: true }));
  for (const lie of [rejected, readAs((truth) => ({ ...truth, status: 'ACTC' })), rejected]) {
    bank.lie(lie);
    bank.stack.hints.push({ provider: 'enable-banking', reference: payment.reference ?? '' });
    await bank.handleWebhooks();
  }
  expect(await bank.told(payment)).toEqual({ status: 'rejected', moneyMoved: 'no' });
  expect(await bank.alerts()).toEqual([]);
});

test('when a payment settled does not change when the bank says more of it', async () => {
  const bank = await LyingBank.start();
  const payment = await bank.approved();
  await bank.settle();
  const settledAt = (await bank.find(payment))?.settledAt;
  bank.context.clock.advance(86_400_000);
  bank.lie(readAs((truth) => ({ ...truth, status: 'ACCC', final_status: true })));
  bank.stack.hints.push({ provider: 'enable-banking', reference: payment.reference ?? '' });
  await bank.handleWebhooks();
  expect(await bank.find(payment)).toMatchObject({ status: 'settled', creditorCredited: true, settledAt });
});
