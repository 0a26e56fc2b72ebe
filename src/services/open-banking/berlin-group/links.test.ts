import { expect, test } from 'vitest';
import { keptLinks, pathOfLink, readReference, writeReference } from './links.ts';

const base = 'https://psd2.bank.example/psd2';

test.each([
  ['/psd2/v1/consents/1', '/psd2/v1/consents/1'],
  ['https://psd2.bank.example/psd2/v1/consents/1?a=b', '/psd2/v1/consents/1?a=b'],
  ['/psd2/v1/accounts/enc!!a%2Fb%3D%3D/balances', '/psd2/v1/accounts/enc!!a%2Fb%3D%3D/balances'],
])('the link %s is followed as it is written', (href, path) => {
  expect(pathOfLink(href, base)).toBe(path);
});

test.each([
  'https://other.example/psd2/v1/consents/1',
  '//other.example/psd2/v1/consents/1',
  'http://psd2.bank.example/psd2/v1/consents/1',
  'https://psd2.bank.example:8443/v1/consents/1',
  'https://psd2.bank.example//other.example/psd2/v1/consents/1',
  '/psd2/..//other.example/v1/consents/1',
  'file:///etc/passwd',
  'http://[',
])('the link %s leads away from the bank and is refused', (href) => {
  const code = 'provider_invalid_response';
  expect(() => pathOfLink(href, base)).toThrow(expect.objectContaining({ code }));
});

test('a link that leads away is not kept beside those that do not', () => {
  const links = { self: '/psd2/v1/payments/1', status: 'https://other.example/v1/payments/1/status' };
  expect(keptLinks(links, base)).toEqual({ self: '/psd2/v1/payments/1' });
});

test('a reference is the bank and its own name for the thing', () => {
  const reference = writeReference('dnb', '/v1/payments/a:b');
  expect(readReference(reference)).toEqual({ bankId: 'dnb', name: '/v1/payments/a:b' });
});

test.each(['', ':x', '0f8fad5b-d9cb-469f-a165-70867728950e'])('%s is no reference', (text) => {
  expect(readReference(text)).toBeUndefined();
});
