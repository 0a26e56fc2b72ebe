import { expect, test } from 'vitest';
import type { Entropy } from '#domain/entropy.ts';
import { alertKinds } from '#usecases/alerts/kinds.ts';
import { compareFinalPayments } from '#usecases/payments/compare-final.ts';
import { readNow } from '#usecases/payments/reconcile.ts';
import { watchMetConditions } from '#usecases/watch/met.ts';
import { LyingBank, readAs } from './world.ts';

const dayMs = 86_400_000;
const lowestId = '00000000-0000-4000-8000-000000000000';
const highestId = 'ffffffff-ffff-4fff-bfff-ffffffffffff';

/** A bank with a payment that settled so long ago. */
async function settled(sinceMs = 7_200_000) {
  const bank = await LyingBank.start();
  const payment = await bank.approved();
  await bank.settle();
  expect((await bank.told(payment)).status).toBe('settled');
  bank.context.clock.advance(sinceMs);
  return { bank, payment };
}

/** Compares the payments whose ids are not below `from`. */
function compareFrom({ context }: LyingBank, from: string): Promise<void> {
  const entropy: Entropy = { ...context.entropy, token: () => context.entropy.token(), uuid: () => from };
  return compareFinalPayments({ ...context, entropy });
}

const refused = readAs((truth) => ({ ...truth, status: 'RJCT', final_status: true }));

test('a settled payment that the bank takes back is found, and the operators are told', async () => {
  const { bank, payment } = await settled();
  bank.lie(refused);
  await compareFrom(bank, lowestId);
  expect(await bank.told(payment)).toEqual({ status: 'settled', moneyMoved: 'not_yet_known' });
  const { title } = alertKinds.final_status_contradicted;
  const words = 'at DNB (enable-banking), which Drop holds as settled; the bank reports RJCT.';
  expect(await bank.alerts()).toMatchObject([
    { title, message: expect.stringContaining(`Payment ${payment.id} ${words}`) as unknown },
  ]);
});

test('when the bank agrees again, the operators are told that the contradiction is over', async () => {
  const { bank, payment } = await settled();
  bank.lie(refused);
  await compareFrom(bank, lowestId);
  await watchMetConditions(bank.context);
  expect(await bank.alerts()).toHaveLength(1);
  bank.lie(() => undefined);
  await readNow(bank.context, payment.id);
  await watchMetConditions(bank.context);
  const { title } = alertKinds.final_status_contradicted;
  expect((await bank.alerts()).map((alert) => alert.title)).toEqual([title, `Over: ${title}`]);
});

test('a payment of which the bank says the same stays as it is', async () => {
  const { bank, payment } = await settled();
  const asked = bank.requests.length;
  await compareFrom(bank, lowestId);
  expect(bank.requests.length).toBeGreaterThan(asked);
  expect(await bank.told(payment)).toEqual({ status: 'settled', moneyMoved: 'yes' });
  expect(await bank.alerts()).toEqual([]);
});

test('a payment that cannot be read says nothing', async () => {
  const { bank, payment } = await settled();
  bank.lie(({ path }) => (path.startsWith('/payments/') ? { status: 404, json: {} } : undefined));
  await compareFrom(bank, lowestId);
  expect(await bank.told(payment)).toEqual({ status: 'settled', moneyMoved: 'yes' });
});

test.each([
  ['has ended within the hour', 600_000, lowestId],
  ['is older than a month', 31 * dayMs, lowestId],
  ['was not drawn', 7_200_000, highestId],
])('a payment that %s is not asked about', async (_which, sinceMs, from) => {
  const { bank } = await settled(sinceMs);
  const asked = bank.requests.length;
  await compareFrom(bank, from);
  expect(bank.requests).toHaveLength(asked);
});
