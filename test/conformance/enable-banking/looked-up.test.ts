import { afterEach, beforeEach, expect, test } from 'vitest';
import { searchStatement } from '#domain/payment/statement.ts';
import type { AccountInformation } from '#services/open-banking/service.ts';
import { bankIdAt, capability, accountKeyOf, consent } from '../open-banking-subjects.ts';
import { dayMs, EnableBankingWorld } from './world.ts';

let world: EnableBankingWorld;
let ais: AccountInformation;
beforeEach(async () => {
  world = await EnableBankingWorld.start();
  ais = capability(world.stack.provider.ais);
});
afterEach(() => world.close());

const unattended = { kind: 'unattended' } as const;
const day = (ago: number): string =>
  new Date(world.stack.clock.now().getTime() - ago * dayMs).toISOString().slice(0, 10);

async function linkedAccount() {
  return accountKeyOf(await (await consent(world.stack, await bankIdAt(ais))).complete());
}

test('transactions carry no end-to-end id, so a payment of Drop’s is a hint and no proof', async () => {
  const { carries, readTransactions } = capability(ais.transactions);
  expect(carries).toBe('nothing');
  const account = await linkedAccount();
  const reference = await world.pay('DNB');
  await world.stack.pass(5_000);
  const read = await readTransactions(account, { from: day(1), to: day(0) }, unattended);
  const order = {
    money: { amount: 10_000, currency: 'NOK' },
    debtorAccountNumber: '12345678903',
    creditorName: 'Nordlys Strøm AS',
    creditorAccountNumber: '95360573002',
    remittance: { kind: 'none' },
    execution: { kind: 'normal' },
  } as const;
  expect(searchStatement({ ...order, id: crypto.randomUUID() }, read)).toEqual({
    proof: undefined,
    hints: [{ kind: 'alike', reference, day: day(0), isBooked: true }],
  });
});

test('all pages of a period are read', async () => {
  const { readTransactions } = capability(ais.transactions);
  const account = await linkedAccount();
  const read = await readTransactions(account, { from: day(150), to: day(0) }, unattended);
  expect(read.length).toBeGreaterThan(20);
});

test('a consent of an earlier version does not cover transactions, and none are asked for', async () => {
  const { areCovered, readTransactions } = capability(ais.transactions);
  const account = await linkedAccount();
  expect(await areCovered(account)).toBe(true);
  await account.consent.secrets.change(async () => ({}));
  expect(await areCovered(account)).toBe(false);
  await expect(readTransactions(account, { from: day(1), to: day(0) }, unattended)).rejects.toMatchObject({
    code: 'account_unknown',
  });
});
