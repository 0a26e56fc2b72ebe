import { expect, test } from 'vitest';
import { customerNetwork } from './client-address.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['2001:0db8:0001:0002:0003:0004:0005:0006', '2001:db8:1:2'],
])('%s stands for the customer as %s', (address, network) => {
  expect(customerNetwork(address)).toBe(network);
});

test.each([
  ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '169.254.1.1'],
  ...['::1', 'fd00::1', 'fe80::1', '', 'unknown', '203.0.113', '203.0.113.7, 10.0.0.1'],
])('%j says nothing of who the customer is', (address) => {
  expect(customerNetwork(address)).toBeUndefined();
});

test('addresses of one network are one customer, those of another are not', () => {
  expect(customerNetwork('2001:db8:1:2::1')).toBe(customerNetwork('2001:db8:1:2:ffff::2'));
  expect(customerNetwork('2001:db8:1:2::1')).not.toBe(customerNetwork('2001:db8:1:3::1'));
  expect(customerNetwork('172.32.0.1')).toBe('172.32.0.1');
});
