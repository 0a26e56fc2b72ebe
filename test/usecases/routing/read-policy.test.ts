import { expect, test } from 'vitest';
import type { Move } from '#domain/routing/policy.ts';
import { readPolicy } from '#usecases/operate/routing/read-policy.ts';

const customer = '0199a5c4-7d2e-7c3a-9f01-aabbccddeeff';
const anyCustomer = (_: unknown, index: number): string =>
  `0199a5c4-7d2e-7c3a-9f01-${`${index}`.padStart(12, '0')}`;

function movesOf(move: object): readonly Move[] {
  const moves = [{ to: 'next', whom: 'everyone', sharePercent: 0, ...move }];
  return readPolicy(JSON.stringify({ salt: 's', home: 'home', moves }), ['home', 'next']).moves;
}

test.each(['customers', 'exceptCustomers'] as const)(
  'the ids of %s are those of the database, however they are written',
  (list) => {
    expect(movesOf({ [list]: [customer.toUpperCase()] })).toMatchObject([{ [list]: [customer] }]);
  },
);

test('a customer who is named and excepted is found, however the id is written', () => {
  const both = { customers: [customer], exceptCustomers: [customer.toUpperCase()] };
  expect(() => movesOf(both)).toThrow('is also among exceptCustomers');
});

test('the key of a bank without a BIC is that of its name, however it is written', () => {
  expect(movesOf({ banks: ['name:SpareBank 1', 'DNBANOKKXXX'] })).toMatchObject([
    { banks: ['name:sparebank1', 'DNBANOKK'] },
  ]);
});

test('a key of a name without a letter or a digit names no bank', () => {
  expect(() => movesOf({ banks: ['name:--'] })).toThrow('neither a BIC');
});

test.each([
  ['customers', Array.from({ length: 1_001 }, anyCustomer)],
  ['exceptCustomers', Array.from({ length: 1_001 }, anyCustomer)],
  ['banks', Array.from({ length: 501 }, () => 'DNBANOKK')],
])('more %s than a policy may name are refused: it is read with each consent', (list, names) => {
  expect(() => movesOf({ [list]: names })).toThrow(`moves.0.${list}`);
});
