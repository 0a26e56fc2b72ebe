import { expect, test } from 'vitest';
import { psuHeaders } from './psu-headers.ts';

const ipAddress = '192.0.2.7';

test('an attended read carries the true address and browser of the customer', () => {
  expect(psuHeaders({ kind: 'attended', ipAddress, userAgent: 'Browser/1' }, ['Psu-Ip-Address'])).toEqual({
    'psu-ip-address': ipAddress,
    'psu-user-agent': 'Browser/1',
  });
});

test('an unattended read carries nothing', () => {
  expect(psuHeaders({ kind: 'unattended' }, ['Psu-Ip-Address'])).toEqual({});
});

test('a header that the bank requires and Drop does not know is not invented: then there is none', () => {
  const access = { kind: 'attended', ipAddress, userAgent: undefined } as const;
  expect(psuHeaders(access, ['Psu-Ip-Address', 'Psu-User-Agent'])).toEqual({});
  expect(psuHeaders(access, ['Psu-Geo-Location'])).toEqual({});
});

test.each([[[]], [['Psu-User-Agent']], [['Psu-Ip-Address']], [['Psu-Ip-Address', 'Psu-User-Agent']]])(
  'where the address is not known there is none, though the bank requires %j',
  (required) => {
    const access = { kind: 'attended', ipAddress: undefined, userAgent: 'Browser/1' } as const;
    expect(psuHeaders(access, required)).toEqual({});
  },
);
