import { describe, expect, test } from 'vitest';
import { initialsOf } from '#customer/pay/initials.ts';
import { invoiceChange } from '#customer/pay/invoice-change.ts';
import { withoutChanged } from '#customer/pay/recognised.ts';

const paymentRules = {
  takesKid: true,
  kidLength: { min: 2, max: 25 },
  textLengthMax: 140,
  takesInstant: false,
  daysAheadMax: 90,
};
const at = { account: { bankName: 'DNB', paymentRules }, today: '2026-11-30', locale: 'nb' as const };
const dueOn = (dueDay: string, rules = paymentRules) =>
  invoiceChange({ dueDay }, { ...at, account: { bankName: 'DNB', paymentRules: rules } });

describe('an invoice fills in', () => {
  test('every value that it names, and empties what belongs to another recipient', () => {
    const { change, fields } = invoiceChange({ accountNumber: '15032080178', oere: 25_000 }, at);
    expect(change).toEqual({ accountNumber: '1503 20 80178', name: '', kid: '', amount: '250,00' });
    expect(fields).toEqual(['accountNumber', 'amount']);
  });

  test('a KID, which the form then asks for', () => {
    expect(invoiceChange({ kid: '2345676' }, at).change).toEqual({ kid: '2345676', referenceKind: 'kid' });
  });

  test('a due date that the bank takes', () => {
    expect(dueOn('2026-12-14').change).toEqual({ when: 'on', date: '2026-12-14' });
  });

  test.each([
    ['today', '2026-11-30', 'over'],
    ['that is over', '2026-11-01', 'over'],
    ['too far ahead', '2027-12-01', 'far'],
  ])('as soon as possible for a due date %s', (_, day, kind) => {
    expect(dueOn(day)).toMatchObject({ change: { when: 'now', date: '' }, due: { day, kind } });
  });

  test('as soon as possible where the bank takes no later day', () => {
    expect(dueOn('2026-12-14', { ...paymentRules, daysAheadMax: 0 }).due?.kind).toBe('far');
  });

  test('nothing where it names nothing', () => {
    expect(invoiceChange({}, at)).toEqual({ change: {}, fields: [], due: undefined });
  });
});

describe('what was recognised', () => {
  const due = { day: '2027-12-01', kind: 'far' } as const;
  const found = { fields: ['amount', 'kid'] as const, due, isDayFilled: true };

  test('is no longer said of a field that the customer changes', () => {
    expect(withoutChanged(found, { amount: '1' })).toEqual({ ...found, fields: ['kid'] });
  });

  test.each([{ accountId: 'b' }, { when: 'on' as const }, { date: '2027-12-01' }])(
    'says nothing of the day that was filled in after the customer changes %o, and still offers the due date',
    (changed) => {
      expect(withoutChanged(found, changed)).toMatchObject({ due, isDayFilled: false });
    },
  );
});

test.each([
  ['Kari Nordmann', 'KN'],
  ['Strømselskapet AS', 'SA'],
  ['mamma', 'M'],
  ['Åse Marie Østby', 'ÅØ'],
  ['𐐨lder', '𐐀'],
  ['  ', ''],
])('the initials of "%s" are "%s"', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
