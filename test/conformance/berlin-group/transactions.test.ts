import { afterEach, beforeEach, expect, test } from 'vitest';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import { searchStatement, type AccountTransaction } from '#domain/payment/statement.ts';
import type { AccountKey } from '#services/open-banking/service.ts';
import { capability, dropError } from '../open-banking-subjects.ts';
import { BerlinGroupWorld, type StartedPayment } from './world.ts';

let world: BerlinGroupWorld;
beforeEach(async () => {
  world = await BerlinGroupWorld.start();
});
afterEach(() => world.close());

const unattended = { kind: 'unattended' } as const;
const day = (ago: number): string =>
  new Date(world.stack.clock.now().getTime() - ago * 86_400_000).toISOString().slice(0, 10);

async function read(account: AccountKey, days = 1): Promise<AccountTransaction[]> {
  const { readTransactions } = capability(world.ais.transactions);
  return readTransactions(account, { from: day(days), to: day(0) }, unattended);
}

const nameOf = ({ request }: StartedPayment): string => endToEndIdOf(request.paymentId);

async function misstate(member: string): Promise<void> {
  await world.stack.emulator.actions?.['misstate_payments']?.({ member });
}

/** What the statement says of a payment, to the search that Drop makes. */
async function searched(account: AccountKey, { request }: StartedPayment) {
  return searchStatement({ ...request.order, id: request.paymentId }, await read(account));
}

test('a payment is pending under its end-to-end id while its money is reserved, and booked afterwards', async () => {
  const { account } = await world.consent('dnb');
  const payment = await world.approved('dnb');
  const own = async () => (await read(account)).find(({ endToEndId }) => endToEndId === nameOf(payment));
  expect(await own()).toBeUndefined();
  await world.stack.pass(700);
  const { money, creditorAccountNumber } = payment.request.order;
  const expected = { money, counterpartyAccountNumber: creditorAccountNumber, isDebit: true };
  expect(await own()).toMatchObject({ ...expected, isBooked: false });
  await world.stack.pass(700);
  expect(await own()).toMatchObject({ ...expected, isBooked: true });
});

test('all pages of a period are read, and count as one reading', async () => {
  const { account } = await world.consent('dnb');
  for (let reading = 0; reading < 4; reading += 1)
    expect((await read(account, 100)).length).toBeGreaterThan(20);
  await expect(read(account, 100)).rejects.toEqual(dropError('bank_rate_limited'));
});

test('a consent that was given without transactions does not cover them, and none are asked for', async () => {
  const { account } = await world.consent('dnb');
  const secrets = await account.consent.secrets.read();
  const kept = Object.entries(secrets ?? {}).filter(([name]) => !name.startsWith('transactions:'));
  await account.consent.secrets.change(async () => Object.fromEntries(kept));
  expect(await capability(world.ais.transactions).areCovered(account)).toBe(false);
  await expect(read(account)).rejects.toEqual(dropError('account_unknown', 'not_sent'));
});

test.each([
  ['amount', { proof: { order: { money: { amount: 12_650 } } } }],
  ['creditor', { proof: { order: { creditorAccountNumber: '95360573002' } } }],
  ['no_creditor', { proof: undefined, hints: [{ kind: 'own_id' }] }],
  ['twice', { proof: { isRepeated: true } }],
  ['returned', { proof: undefined, hints: [{ kind: 'returned' }] }],
  ['spelling', { proof: { isBooked: true, isRepeated: false } }],
])('a statement that misstates a payment (%s) is told as it is', async (member, found) => {
  const { account } = await world.consent('dnb');
  const payment = await world.approved('dnb', { creditorAccountNumber: '15032080178' });
  await world.stack.pass(2_000);
  await misstate(member);
  expect(await searched(account, payment)).toMatchObject(found);
});
