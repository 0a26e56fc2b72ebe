import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bankKeyOf } from './bank-key.ts';
import { placeOf } from './cohort.ts';
import { decideRoute, type RoutedCustomer } from './decide.ts';
import type { Move, RoutingPolicy } from './policy.ts';

const dnb = 'DNBANOKK';
const nordea = 'NDEANOKK';

const policyWith = (...moves: (Partial<Move> & { to: string })[]): RoutingPolicy => ({
  salt: 'autumn',
  home: 'old',
  moves: moves.map((move) => ({ whom: 'everyone', sharePercent: 100, ...move })),
});

const newCustomer = (id = 'kari'): RoutedCustomer => ({ id, consents: [] });
const reach = (policy: RoutingPolicy, customer: RoutedCustomer, bank = dnb): string => {
  const [{ provider, reason } = { provider: '', reason: '' }] = decideRoute(policy, customer, bank);
  return `${provider}: ${reason}`;
};

const shares = fc.double({ min: 0, max: 100, noNaN: true });
const ids = fc.uuid();

describe('the share of a move', () => {
  test('with a larger share takes the same customers and more', () => {
    fc.assert(
      fc.property(ids, shares, shares, (id, one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        const isTaken = (sharePercent: number): boolean =>
          reach(policyWith({ to: 'new', sharePercent }), newCustomer(id)) === 'new: share';
        return !isTaken(small) || isTaken(large);
      }),
    );
  });

  test('of 0 takes none, and of 100 all', () => {
    fc.assert(
      fc.property(ids, (id) => {
        expect(reach(policyWith({ to: 'new', sharePercent: 0 }), newCustomer(id))).toBe('old: home');
        expect(reach(policyWith({ to: 'new', sharePercent: 100 }), newCustomer(id))).toBe('new: share');
      }),
    );
  });

  test.each([1, 10, 25, 50])('of %d percent takes about that many', (sharePercent) => {
    const many = Array.from({ length: 20_000 }, (_, index) => `customer-${index}`);
    const taken = many.filter((id) => placeOf(id, 'any') < sharePercent).length;
    expect(Math.abs(taken / many.length - sharePercent / 100)).toBeLessThan(0.01);
  });

  test('is of other customers for another provider', () => {
    const many = Array.from({ length: 4_000 }, (_, index) => `customer-${index}`);
    const both = many.filter((id) => placeOf(id, 's\na') < 50 && placeOf(id, 's\nb') < 50).length;
    expect(both / many.length).toBeCloseTo(0.25, 1);
  });
});

describe('a move', () => {
  test('that is for new customers leaves those who have a consent where they are', () => {
    const policy = policyWith({ to: 'new', whom: 'new_customers' });
    expect(reach(policy, newCustomer())).toBe('new: share');
    expect(reach(policy, { id: 'kari', consents: [{ provider: 'old', bank: nordea }] })).toBe('old: home');
  });

  test('keeps the customers that it took as new ones, and those of a share that was larger', () => {
    const policy = policyWith({ to: 'new', whom: 'new_customers', sharePercent: 0 });
    expect(reach(policy, { id: 'kari', consents: [{ provider: 'new', bank: dnb }] })).toBe('new: moved');
  });

  test('that is begun again does not take those who have consented at home since, whatever its share', () => {
    const policy = policyWith({ to: 'new', sharePercent: 0 });
    const consents = [
      { provider: 'old', bank: dnb },
      { provider: 'new', bank: dnb },
      { provider: 'new', bank: nordea },
    ];
    expect(reach(policy, { id: 'kari', consents })).toBe('old: home');
    expect(reach(policy, { id: 'kari', consents }, nordea)).toBe('new: moved');
  });

  test('that was taken out of the policy keeps none: the next consent is at home', () => {
    expect(reach(policyWith(), { id: 'kari', consents: [{ provider: 'new', bank: dnb }] })).toBe('old: home');
  });

  test('is for its banks only', () => {
    const policy = policyWith({ to: 'new', banks: [nordea] });
    expect([reach(policy, newCustomer(), nordea), reach(policy, newCustomer(), dnb)]).toEqual([
      'new: share',
      'old: home',
    ]);
  });

  test('takes a customer that it names, and never one that it excepts', () => {
    const named = policyWith({ to: 'new', sharePercent: 0, whom: 'new_customers', customers: ['kari'] });
    expect(reach(named, { id: 'kari', consents: [{ provider: 'old', bank: dnb }] })).toBe('new: named');
    expect(reach(policyWith({ to: 'new', exceptCustomers: ['kari'] }), newCustomer())).toBe('old: home');
  });

  test('that is stopped takes none, not those either that it took before', () => {
    const policy = policyWith({ to: 'new', customers: ['kari'], stopped: { at: '', reason: '' } });
    expect(reach(policy, { id: 'kari', consents: [{ provider: 'new', bank: dnb }] })).toBe('old: home');
  });

  test('comes before the next one, and home is always the last resort', () => {
    const policy = policyWith({ to: 'one' }, { to: 'two' });
    expect(decideRoute(policy, newCustomer(), dnb).map(({ provider }) => provider)).toEqual([
      'one',
      'two',
      'old',
    ]);
  });
});

describe('the key of a bank', () => {
  test.each([
    [{ bic: 'DNBANOKKXXX', name: 'DNB Bank ASA' }, dnb],
    [{ bic: 'dnbanokk', name: 'DNB' }, dnb],
    [{ name: 'SpareBank 1' }, 'name:sparebank1'],
    [{ name: 'Sparebank-1' }, 'name:sparebank1'],
    [{ bic: '?', name: 'Bien Sparebank Ås' }, 'name:biensparebankås'],
  ])('of %j is %s', (bank, key) => {
    expect(bankKeyOf(bank)).toBe(key);
  });
});
