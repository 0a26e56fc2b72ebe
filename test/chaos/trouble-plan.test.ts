import { expect, test } from 'vitest';
import { orderPlans } from './order-plan.ts';
import { effects, troublePlan, type Trouble } from './trouble-plan.ts';

const operations = { 'first-provider': ['pay', 'read'], 'second-provider': ['pay'] };
const struckMax = effects.length * 3;
const setting = {
  operations,
  senders: ['first-provider'],
  faultsASecond: 3,
  crashesEvery: 5,
  mailIsDown: [2, 4],
} as const;

function troubles(seed: number, seconds: number): Trouble[] {
  const plan = troublePlan(seed, setting);
  return Array.from({ length: seconds }, () => plan.next().value);
}

test('a seed replays the trouble of each second and the orders of each customer', () => {
  expect(troubles(7, 50)).toEqual(troubles(7, 50));
  expect(troubles(8, 50)).not.toEqual(troubles(7, 50));
  const orders = { customers: 3, count: 50 };
  expect(orderPlans(7, orders)).toEqual(orderPlans(7, orders));
  expect(orderPlans(8, orders)).not.toEqual(orderPlans(7, orders));
});

test('every effect strikes every operation of every provider before any strikes again', () => {
  const faults = troubles(1, struckMax / setting.faultsASecond).flatMap((trouble) => trouble.faults);
  const struck = faults.map(({ provider, fault }) => `${provider} ${fault.operation} ${fault.effect}`);
  expect(new Set(struck).size).toBe(struckMax);
});

test('the database and the pooler crash in turn, and the mail server is down for its seconds', () => {
  const crashes = troubles(1, 10).map(({ crashes: what }) => what);
  expect([crashes.indexOf('database'), crashes.indexOf('pooler')]).toEqual([4, 9]);
  expect(troubles(1, 5).map(({ mailIsDown }) => mailIsDown)).toEqual([false, true, true, false, false]);
});
