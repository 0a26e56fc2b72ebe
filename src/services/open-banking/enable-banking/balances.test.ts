import { expect, test } from 'vitest';
import { chooseBalance } from './balances.ts';
import { fixture } from './fixture.ts';
import { balancesResponse, type WireBalance } from './wire.ts';

function balance(balance_type: string, amount: string, name = ''): WireBalance {
  const [parsed] = balancesResponse.parse({
    balances: [{ name, balance_type, balance_amount: { currency: 'NOK', amount } }],
  }).balances;
  if (parsed === undefined) throw new RangeError('a balance was given');
  return parsed;
}

const plain = { hasCredit: false };
const withCredit = { hasCredit: true };
const oere = (balances: WireBalance[], account = plain): unknown => {
  const chosen = chooseBalance(balances, account);
  return chosen && [chosen.money.amount, chosen.kind, chosen.wireType];
};

test('what is available comes before what is booked', () => {
  expect(oere([balance('ITBD', '1000.00'), balance('ITAV', '300.00')])).toEqual([
    30_000,
    'available',
    'ITAV',
  ]);
});

test('now comes before the end of the day', () => {
  expect(oere([balance('CLAV', '200.00'), balance('ITAV', '300.00')])).toEqual([30_000, 'available', 'ITAV']);
});

test('what is booked comes where nothing is available', () => {
  expect(oere([balance('CLBD', '5.00'), balance('ITBD', '10.5')])).toEqual([1_050, 'booked', 'ITBD']);
});

test('the larger of two available balances counts credit and is not picked', () => {
  const { balances } = balancesResponse.parse(fixture('balances'));
  expect(oere(balances)).toEqual([30_000, 'available', 'ITAV']);
  expect(oere(balances, withCredit)).toEqual([30_000, 'available', 'ITAV']);
});

test('an available balance that is larger than the booked one is not picked', () => {
  expect(oere([balance('ITAV', '5300.00'), balance('ITBD', '1000.00')])).toEqual([100_000, 'booked', 'ITBD']);
});

test('on an account with credit a lone available balance is not picked', () => {
  expect(oere([balance('ITAV', '900.00'), balance('ITBD', '1000.00')], withCredit)).toEqual([
    100_000,
    'booked',
    'ITBD',
  ]);
});

test('on an account with credit a lone balance is not called available', () => {
  expect(oere([balance('ITAV', '900.00')], withCredit)).toEqual([90_000, 'other', 'ITAV']);
});

test('a balance whose label names credit is not picked', () => {
  expect(oere([balance('ITAV', '10.00', 'Disponibelt inkl. kreditt'), balance('ITBD', '20.00')])).toEqual([
    2_000,
    'booked',
    'ITBD',
  ]);
});

test('a type that is not known is called other', () => {
  expect(oere([balance('NEWS', '1.00')])).toEqual([100, 'other', 'NEWS']);
});

test('of several currencies the kroner count', () => {
  const euro = { ...balance('ITAV', '7.00'), balance_amount: { currency: 'EUR', amount: '7.00' } };
  expect(oere([euro, balance('ITAV', '3.00')])).toEqual([300, 'available', 'ITAV']);
});

test('a debt stays a debt', () => {
  expect(oere([balance('ITAV', '-0.5'), balance('ITBD', '0.00')])).toEqual([-50, 'available', 'ITAV']);
});

test('no balance is no balance', () => {
  expect(oere([])).toBeUndefined();
});

test.each(['1,50', '1.005', '1e3', 'abc', ''])('an amount written %j is not accepted', (amount) => {
  expect(() => balance('ITAV', amount)).toThrow();
});
