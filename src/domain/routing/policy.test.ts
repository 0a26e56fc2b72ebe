import { expect, test } from 'vitest';
import { policyFaults, type Move, type RoutingPolicy } from './policy.ts';

const move: Move = { to: 'new', whom: 'everyone', sharePercent: 10 };
const policy: RoutingPolicy = { salt: 'autumn', home: 'old', moves: [move] };
const faultsOf = (changed: Partial<RoutingPolicy>): string[] =>
  policyFaults({ ...policy, ...changed }, ['old', 'new', 'third']).map(({ path }) => path);

test('a policy without a fault has none', () => {
  expect(faultsOf({})).toEqual([]);
});

test.each([
  ['home', { home: 'elsewhere' }],
  ['moves.0.to', { moves: [{ ...move, to: 'elsewhere' }] }],
  ['moves.0.to', { moves: [{ ...move, to: 'old' }] }],
  ['moves.1.to', { moves: [move, move] }],
  ['moves.0.banks', { moves: [{ ...move, banks: [] }] }],
  ['moves.0.customers', { moves: [{ ...move, customers: ['a'], exceptCustomers: ['a'] }] }],
])('a fault in %s is named', (path, changed) => {
  expect(faultsOf(changed)).toEqual([path]);
});
