import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseBalance } from './balances.ts';
import { fixture } from './fixture.ts';
import { balancesSchema, type WireBalance } from './wire.ts';

function balance(balance_type: string, amount: string, name = ''): WireBalance {
  const [parsed] = balancesSchema.parse({
    balances: [{ name, balance_type, balance_amount: { currency: 'NOK', amount } }],
  }).balances;
  if (parsed === undefined) throw new RangeError('a balance was given');
  return parsed;
}

/** Chosen from an answer as it comes. */
function chosen(balances: unknown[], account: { hasCredit: boolean; currency?: string } = plain): unknown {
  const reported = balancesSchema.parse({ balances });
  const balance = chooseBalance(reported.balances, { ...account, unread: reported.unread });
  return balance && [balance.money.amount, balance.money.currency, balance.kind, balance.wireType];
}
const entry = (balance_type: unknown, amount: unknown, currency: unknown = 'NOK'): object => ({
  balance_type,
  balance_amount: { currency, amount },
});

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
  const { balances } = balancesSchema.parse(fixture('balances'));
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

describe('an odd balance', () => {
  test.each([
    ...[
      '1,50',
      '1.005',
      '1e3',
      'abc',
      '',
      '+10.00',
      ' 1.00',
      '10.12345678',
      '12345678901234',
      null,
      10,
      undefined,
    ].map((amount) => entry('CLAV', amount)),
    ...['XXX', 'nok', '', null, 578].map((currency) => entry('CLAV', '9.00', currency)),
    { balance_type: 'CLAV', balance_amount: null },
    { balance_type: 'CLAV' },
    { ...entry('CLAV', '9.00'), name: 5 },
  ])('such as %j does not cost a good one', (odd) => {
    expect(chosen([odd, entry('ITAV', '3.00')])).toEqual([300, 'NOK', 'available', 'ITAV']);
    expect(chosen([entry('ITBD', '3.00'), odd])).toEqual([300, 'NOK', 'booked', 'ITBD']);
  });

  test.each([null, 'CLAV', 5, {}, entry(null, '9.00'), entry(5, '9.00')])(
    'of which not even the type can be read, such as %j, does not cost a good one',
    (odd) => {
      expect(chosen([odd, entry('ITAV', '3.00')])).toEqual([300, 'NOK', 'other', 'ITAV']);
      expect(chosen([entry('ITAV', '3.00'), odd, entry('ITBD', '3.00')])).toEqual([
        300,
        'NOK',
        'booked',
        'ITBD',
      ]);
    },
  );

  test('alone is no balance', () => {
    expect(chosen([entry('ITAV', null)])).toBeUndefined();
  });

  const withCreditLimit = { hasCredit: true };
  const withCredit = entry('ITAV', '5300.00');

  test('that was the booked one lets no credit pass as available', () => {
    expect(chosen([withCredit, entry('ITBD', null)])).toEqual([530_000, 'NOK', 'other', 'ITAV']);
    const twins = [withCredit, entry('ITAV', '300.00'), entry('ITBD', null)];
    expect(chosen(twins, withCreditLimit)).toEqual([30_000, 'NOK', 'other', 'ITAV']);
    const otherBooked = [withCredit, entry('ITBD', null), entry('CLBD', '1000.00')];
    expect(chosen(otherBooked)).toEqual([100_000, 'NOK', 'booked', 'CLBD']);
  });

  test('that was the lower of two lets no credit pass as available', () => {
    expect(chosen([withCredit, entry('ITAV', '+300.00')])).toEqual([530_000, 'NOK', 'other', 'ITAV']);
    const booked = [withCredit, entry('ITAV', null), entry('ITBD', '9000.00')];
    expect(chosen(booked)).toEqual([900_000, 'NOK', 'booked', 'ITBD']);
  });

  test("in the account's own currency lets none of another pass as available", () => {
    const euro = entry('ITAV', '7.00', 'EUR');
    expect(chosen([entry('ITAV', null), euro])).toEqual([700, 'EUR', 'other', 'ITAV']);
    expect(chosen([entry('ITAV', null, null), euro])).toEqual([700, 'EUR', 'other', 'ITAV']);
  });

  test('of another currency is compared with nothing', () => {
    expect(chosen([entry('ITBD', null, 'EUR'), entry('ITAV', '3.00')])).toEqual([
      300,
      'NOK',
      'available',
      'ITAV',
    ]);
  });

  test('beside an available one was not lower than that, nor the booked one to compare it with', () => {
    const type = fc.constantFrom('ITAV', 'CLAV', 'ITBD', 'CLBD', 'OTHR');
    const any = fc.record({ type, kroner: fc.integer({ min: 0, max: 9 }) });
    const answered = ({ type: name, kroner }: { type: string; kroner: number }) =>
      entry(name, `${kroner}.00`);
    fc.assert(
      fc.property(fc.array(any, { maxLength: 5 }), any, (rest, spoilt) => {
        const seen = chosen([...rest.map(answered), entry(spoilt.type, null)]) as unknown[] | undefined;
        if (seen?.[2] !== 'available') return;
        const all = [...rest, spoilt];
        const twins = all.filter((each) => each.type === seen[3]).map(({ kroner }) => kroner * 100);
        const booked = chosen(all.filter((each) => /BD$/.test(each.type)).map(answered)) as
          [number] | undefined;
        expect(seen[0]).toBeLessThanOrEqual(Math.min(...twins, booked?.[0] ?? Infinity));
      }),
    );
  });
});

describe('of several currencies', () => {
  const kroner = entry('ITAV', '3.00');
  const euro = entry('ITBD', '7.00', 'EUR');

  test("the account's own comes first", () => {
    expect(chosen([kroner, euro], { hasCredit: false, currency: 'EUR' })).toEqual([
      700,
      'EUR',
      'booked',
      'ITBD',
    ]);
    expect(chosen([euro, kroner], { hasCredit: false, currency: 'NOK' })).toEqual([
      300,
      'NOK',
      'available',
      'ITAV',
    ]);
  });

  test('kroner come where it has none in its own', () => {
    expect(chosen([euro, kroner], { hasCredit: false, currency: 'SEK' })).toEqual([
      300,
      'NOK',
      'available',
      'ITAV',
    ]);
  });

  test('amounts of different ones are not compared', () => {
    const dollars = entry('ITAV', '1.00', 'USD');
    expect(chosen([euro, dollars])).toEqual([700, 'EUR', 'booked', 'ITBD']);
  });
});
