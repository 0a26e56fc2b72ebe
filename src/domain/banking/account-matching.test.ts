import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSameAccount, matchAccounts, type AccountMarks, type KnownAccount } from './account-matching.ts';

const marks = (
  accountNumber: string | undefined,
  identity: string | undefined,
  currency: string | undefined = 'NOK',
): AccountMarks => ({ accountNumber, identity, currency });
const unknownCurrency = (accountNumber: string | undefined, identity?: string): AccountMarks => ({
  accountNumber,
  identity,
  currency: undefined,
});
const known = (id: string, { identity, ...account }: AccountMarks): KnownAccount => ({
  id,
  ...account,
  identities: identity === undefined ? [] : [identity],
});

const anyAccount: fc.Arbitrary<AccountMarks> = fc
  .record({
    accountNumber: fc.constantFrom('1', '2', undefined),
    identity: fc.constantFrom('a', 'b', undefined),
    currency: fc.constantFrom('NOK', 'EUR', undefined),
  })
  .filter(({ accountNumber, identity }) => accountNumber !== undefined || identity !== undefined);
const distinctAccounts = fc
  .array(anyAccount, { maxLength: 6 })
  .map((accounts) =>
    accounts.filter((one, index) => accounts.findIndex((other) => isSameAccount(other, one)) === index),
  );

test('accounts that are granted again match the known accounts in any order', () => {
  fc.assert(
    fc.property(distinctAccounts, fc.integer({ min: 0 }), (accounts, turn) => {
      const before = accounts.map((account, index) => known(`${index}`, account));
      const turned = accounts.map((_account, index) => (index + turn) % accounts.length);
      const again = turned.flatMap((index) => accounts[index] ?? []);
      expect(matchAccounts(again, before)).toEqual(turned.map((index) => `${index}`));
    }),
  );
});

test('no known account is matched twice or with an account in another currency', () => {
  fc.assert(
    fc.property(distinctAccounts, distinctAccounts, (granted, had) => {
      const before = had.map((account, index) => known(`${index}`, account));
      const found = matchAccounts(granted, before);
      const ids = found.filter((id) => id !== undefined);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [index, id] of found.entries()) {
        const currencies = [granted[index]?.currency, before.find((each) => each.id === id)?.currency];
        if (id !== undefined && !currencies.includes(undefined)) expect(currencies[0]).toBe(currencies[1]);
      }
    }),
  );
});

test('an account matches by its number when the provider gives it a new identity', () => {
  expect(matchAccounts([marks('1', 'new')], [known('x', marks('1', 'old'))])).toEqual(['x']);
});

test('an account matches by its identity when its number is absent, added later or changed', () => {
  const before = [known('x', marks('1', 'a'))];
  expect(matchAccounts([marks(undefined, 'a')], before)).toEqual(['x']);
  expect(matchAccounts([marks('2', 'a')], before)).toEqual(['x']);
  expect(matchAccounts([marks('1', 'a')], [known('x', marks(undefined, 'a'))])).toEqual(['x']);
});

test('an identity that several accounts share matches none of them', () => {
  const before = [known('x', marks('1', 'a')), known('y', marks('2', 'a'))];
  expect(matchAccounts([marks('3', 'a')], before)).toEqual([undefined]);
});

test('an unknown currency matches the currency of the only candidate', () => {
  expect(matchAccounts([unknownCurrency('1')], [known('x', marks('1', 'a'))])).toEqual(['x']);
  expect(matchAccounts([marks('1', 'a')], [known('x', unknownCurrency('1'))])).toEqual(['x']);
});

test('an unknown currency matches no account when there are two candidates', () => {
  const before = [known('x', marks('1', 'a')), known('y', marks('1', 'a', 'EUR'))];
  expect(matchAccounts([unknownCurrency('1', 'a')], before)).toEqual([undefined]);
  expect(matchAccounts([unknownCurrency('1', 'a'), marks('1', 'a')], before)).toEqual(['y', 'x']);
});

test.each([
  [marks('1', 'a'), marks('1', 'b'), true],
  [marks('1', 'a'), marks('2', 'a'), false],
  [marks('1', 'a'), marks(undefined, 'a'), true],
  [marks('1', 'a'), marks('1', 'a', 'EUR'), false],
  [marks('1', undefined), marks(undefined, 'a'), false],
])('whether %j and %j in one consent are the same account: %s', (one, other, isOne) => {
  expect(isSameAccount(one, other)).toBe(isOne);
  expect(isSameAccount(other, one)).toBe(isOne);
});
