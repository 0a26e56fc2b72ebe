import { expect, test } from 'vitest';
import { isRedirectAllowed } from './redirect-address.ts';

const production = { ownOrigins: ['https://getdrop.no'], allowsPlainLoopback: false };
const sandbox = { ownOrigins: ['http://localhost:3000'], allowsPlainLoopback: true };

test.each([
  'https://bank.example/approve?id=1',
  'https://pay.provider.example/pis/start?payment_id=1',
  'https://getdrop.no/api/openbanking/callback?state=s',
])('outside the sandbox a customer may be sent to %s', (address) => {
  expect(isRedirectAllowed(address, production)).toBe(true);
});

test.each([
  'http://bank.example/approve',
  'http://localhost:3000/approve',
  'HTTP://bank.example',
  'javascript:alert(1)',
  'data:text/html,hello',
  'intent://bank#Intent;end',
  'bankid:///?autostarttoken=1',
  'drop://auth/callback',
  'ftp://bank.example/',
  'https://user:secret@bank.example/',
  'https://bank.example@attacker.example/',
  '//bank.example/approve',
  '/approve',
  'bank.example',
  '',
])('outside the sandbox a customer is never sent to %j', (address) => {
  expect(isRedirectAllowed(address, production)).toBe(false);
});

test.each(['http://localhost:4000/bank', 'http://127.0.0.1:4000/bank', 'http://[::1]:4000/bank'])(
  'in the sandbox a customer may be sent to %s',
  (address) => {
    expect(isRedirectAllowed(address, sandbox)).toBe(true);
  },
);

test.each(['http://bank.example/', 'http://127.0.0.1.bank.example/', 'javascript:alert(1)'])(
  'in the sandbox, a customer is never sent to %s',
  (address) => {
    expect(isRedirectAllowed(address, sandbox)).toBe(false);
  },
);

test('when the provider declares hosts, a customer is sent only to these and their subdomains', () => {
  const hosts = ['bank.example'];
  expect(isRedirectAllowed('https://bank.example/', production, hosts)).toBe(true);
  expect(isRedirectAllowed('https://login.bank.example/', production, hosts)).toBe(true);
  for (const host of ['notbank.example', 'bank.example.attacker.example', 'attacker.example'])
    expect(isRedirectAllowed(`https://${host}/`, production, hosts)).toBe(false);
});
