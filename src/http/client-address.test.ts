import fc from 'fast-check';
import { expect, test } from 'vitest';
import { customerNetwork, customerSite, forwardedAddress } from './client-address.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:55220', '203.0.113.7'],
  ['203.0.113.7:_hidden', '203.0.113.7'],
  ['"203.0.113.7:55220"', '203.0.113.7'],
  ['[2001:db8::7]:55220', '2001:db8::7'],
  ['[2001:db8::7]', '2001:db8::7'],
  ['"[2001:DB8::7]:55220"', '2001:db8::7'],
  ['2001:db8::7', '2001:db8::7'],
  ['[2001:db8::7%eth0]:443', '2001:db8::7'],
  ['[2001:db8::7%a:b]:443', '2001:db8::7'],
  ['2001:db8::7%a:b', '2001:db8::7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['[::ffff:203.0.113.7]:55220', '203.0.113.7'],
  ['  203.0.113.7\t', '203.0.113.7'],
])('the element %j of a proxy is the address %s', (element, address) => {
  expect(forwardedAddress(element, 1)).toBe(address);
  expect(forwardedAddress(`198.51.100.1, ${element}`, 1)).toBe(address);
  expect(forwardedAddress(`198.51.100.1 ,${element},10.0.0.2`, 2)).toBe(address);
});

test.each([
  ...['', ' ', 'unknown', 'UNKNOWN', '"unknown"', '_hidden', 'unix:', 'localhost', 'localhost:80', '-'],
  ...[
    '10.0.0.1',
    '10.0.0.1:55220',
    '[fd00::1]:443',
    '127.0.0.1',
    '[::1]:80',
    '::ffff:192.168.0.1',
    'fe80::1%eth0',
  ],
  ...['203.0.113.7:', '203.0.113.7:x', '203.0.113.7:65536', '203.0.113.7:123456', '203.0.113.7 55220'],
  ...['[203.0.113.7]:55220', '[2001:db8::7', '2001:db8::7]:55220', '[2001:db8::7]55220', '"203.0.113.7'],
  ...['for=203.0.113.7', '203.0.113.7;proto=https', 'http://203.0.113.7', '203.0.113.7:55220:55220'],
])('the element %j of a proxy is not an internet address', (element) => {
  expect(forwardedAddress(element, 1)).toBeUndefined();
  expect(forwardedAddress(`198.51.100.1, ${element}`, 1)).toBeUndefined();
  expect(forwardedAddress(`198.51.100.1, ${element}, 198.51.100.2`, 2)).toBeUndefined();
});

test.each([
  ['203.0.113.7', 2],
  ['198.51.100.1, 203.0.113.7', 3],
  ['', 1],
  ['198.51.100.1, ', 1],
  ['198.51.100.1, , 203.0.113.7', 2],
  ['198.51.100.1,,203.0.113.7', 2],
  ['"198.51.100.1, 203.0.113.7"', 1],
])('%j behind %i proxies has no client address, and no other element is used instead', (header, hops) => {
  expect(forwardedAddress(header, hops)).toBeUndefined();
});

const node = fc.oneof(
  ...[fc.ipV4(), fc.ipV6(), fc.ipV6().map((address) => `[${address}]:443`)],
  ...[fc.ipV4().map((address) => `${address}:55220`), fc.constantFrom('unknown', '', '_a', '10.0.0.1', '"')],
);

test('for any header from the client, the address is the one from the outermost trusted proxy', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(node).map((nodes) => nodes.join(', ')),
      ),
      fc.array(node, { minLength: 1, maxLength: 5 }),
      (forged, written) => {
        const own = written.join(', ');
        const { length: hops } = written;
        expect(forwardedAddress(`${forged}, ${own}`, hops)).toBe(forwardedAddress(own, hops));
        expect(forwardedAddress(own, hops)).toBe(forwardedAddress(written[0] ?? '', 1));
        expect(forwardedAddress(own, hops + 1)).toBeUndefined();
      },
    ),
  );
});

test('a header of the maximum length is read without backtracking', () => {
  for (const piece of ['[:', '[a:', '"', ',', '%', '%a', '1.', '[::%', '_', ':']) {
    expect(forwardedAddress(piece.repeat(8_000), 1)).toBeUndefined();
    expect(forwardedAddress(`[::1%${piece.repeat(8_000)}]`, 1)).toBeUndefined();
  }
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['2001:0db8:0001:0002:0003:0004:0005:0006', '2001:db8:1:2'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
])('the network of %s is %s', (address, network) => {
  expect(customerNetwork(address)).toBe(network);
});

test.each([
  ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '169.254.1.1'],
  ...['::1', 'fd00::1', 'fe80::1', '', 'unknown', '203.0.113', '203.0.113.7, 10.0.0.1'],
])('%j has no network', (address) => {
  expect(customerNetwork(address)).toBeUndefined();
});

test('addresses in one network count as one customer, addresses in another do not', () => {
  expect(customerNetwork('2001:db8:1:2::1')).toBe(customerNetwork('2001:db8:1:2:ffff::2'));
  expect(customerNetwork('2001:db8:1:2::1')).not.toBe(customerNetwork('2001:db8:1:3::1'));
  expect(customerNetwork('172.32.0.1')).toBe('172.32.0.1');
});

test('all networks of a site have the same site', () => {
  expect(customerSite('2001:db8:1:2::1')).toBe('2001:db8:1');
  expect(customerSite('2001:db8:1:ff02::9%a:b')).toBe('2001:db8:1');
  expect(customerSite('2001:db8:2:2::1')).toBe('2001:db8:2');
  // In 6to4 each IPv4 address has its own site.
  expect(customerSite('2002:cb00:7107:1::1')).toBe(customerSite('2002:cb00:7107:2::1'));
  expect(customerSite('2002:cb00:7107:1::1')).not.toBe(customerSite('2002:cb00:7108:1::1'));
});

test.each(['203.0.113.7', '::ffff:203.0.113.7', '10.0.0.1', 'fd00::1', '', 'unknown'])(
  '%j has no site',
  (address) => {
    expect(customerSite(address)).toBeUndefined();
  },
);
