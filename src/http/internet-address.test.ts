import { isIP, isIPv4 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { internetAddress } from './internet-address.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['100.63.255.255', '100.63.255.255'],
  ['172.32.0.1', '172.32.0.1'],
  ['2001:DB8:0:0:0:0:0:07', '2001:db8::7'],
  ['2001:db8::7%eth0', '2001:db8::7'],
  ['2001:db8::7%a:b', '2001:db8::7'],
  ['2001:db8::7%25eth0', '2001:db8::7'],
  ['2001:db8::7%a%b', '2001:db8::7'],
  ['::ffff:203.0.113.7%a:b', '203.0.113.7'],
  ['2a02:fe0::1', '2a02:fe0::1'],
  ['2001:200::1', '2001:200::1'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:CB00:7107', '203.0.113.7'],
  ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
  ['64:ff9b::203.0.113.7', '203.0.113.7'],
  ['2002:cb00:7107::1', '2002:cb00:7107::1'],
])('%s is the address %s', (text, address) => {
  expect(internetAddress(text)).toBe(address);
});

test.each([
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '100.127.255.255', '127.0.0.1', '169.254.1.1', '172.16.0.1'],
  ...[
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.19.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
  ],
  ...['::', '::1', '::203.0.113.7', 'fc00::1', 'fd00::1', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1'],
  ...['::ffff:10.0.0.1', '::ffff:127.0.0.1', '::ffff:a00:1', '64:ff9b::192.168.1.1', '64:ff9b:1::1'],
  ...['2002:a00:1::1', '2002:7f00:1::', '2001::1', '2001:20::1', '100::1', '4000::1'],
])('%s is not an internet address', (text) => {
  expect(internetAddress(text)).toBeUndefined();
});

test.each([
  ...[
    '',
    ' ',
    'unknown',
    '_hidden',
    'localhost',
    '203.0.113',
    '203.0.113.256',
    '203.000.113.007',
    '3405803783',
  ],
  ...['0xcb007107', '203.0.113.7/32', ' 203.0.113.7', '203.0.113.7%eth0', '2001:db8::7%', '2001:db8:::7'],
  ...['[2001:db8::7]', '2001:db8::7/64', '1:2:3:4:5:6:7:8:9', '２０３.0.113.7', '203.0.113.7\r\nx: y'],
])('%j is not an address', (text) => {
  expect(internetAddress(text)).toBeUndefined();
});

const privateNetworks = [
  /^(0|10|127|22[4-9]|2[3-5]\d)\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^(169\.254|192\.168)\./,
  /^(fc|fd|fe|ff|:)/,
];

test('the result is a public address in its canonical spelling', () => {
  const tails = fc.oneof(fc.ipV4(), fc.ipV6());
  const prefixes = fc.constantFrom('', '::ffff:', '64:ff9b::', 'fe80::', '10.', '2002:');
  fc.assert(
    fc.property(prefixes, tails, (prefix, tail) => {
      const address = internetAddress(`${prefix}${tail}`);
      if (address === undefined) return;
      expect(isIP(address)).toBeGreaterThan(0);
      expect(internetAddress(address)).toBe(address);
      expect(privateNetworks.filter((network) => network.test(address))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test('an IPv4 address is recognised in every IPv6 notation of it', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      const groups = [a * 256 + b, c * 256 + d].map((group) => group.toString(16)).join(':');
      const expected = internetAddress(address);
      for (const written of [`::ffff:${address}`, `::ffff:${groups}`, `0:0:0:0:0:FFFF:${groups}`])
        expect(internetAddress(written)).toBe(expected);
      if (expected !== undefined) expect(isIPv4(expected)).toBe(true);
    }),
  );
});

const pieces = fc.oneof(
  fc.constantFrom(
    ...':%.[]/@?#-_~0123456789abcdefABCDEF',
    '::',
    '::ffff:',
    '2001:db8::1',
    '2002:',
    '203.0.113.7',
  ),
  fc.string({ unit: 'binary', maxLength: 2 }),
);

test('no text causes an error, and a zone changes nothing', () => {
  const texts = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, texts, fc.ipV6(), (text, zone, address) => {
      expect(isIP(internetAddress(text) ?? '::')).toBeGreaterThan(0);
      fc.pre(zone !== '' && !zone.startsWith('%'));
      expect(internetAddress(`${address}%${zone}`)).toBe(internetAddress(address));
    }),
    { numRuns: 5_000 },
  );
});
