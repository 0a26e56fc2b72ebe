import { expect, test } from 'vitest';
import { enableBanking } from '#services/open-banking/enable-banking/provider.ts';

const accepts = (host: string): boolean =>
  enableBanking.variables.safeParse({ ENABLE_BANKING_WEBHOOK_HOST: host }).success;

test.each(['enablebanking.com', 'api.enablebanking.com', 'http://localhost:3010', 'http://127.0.0.1:3010'])(
  'certificates may come from %s',
  (host) => {
    expect(accepts(host)).toBe(true);
  },
);

test.each([
  '',
  'com',
  '*.enablebanking.com',
  'https://enablebanking.com',
  'http://enablebanking.com',
  'http://localhost.forger.example',
  'http://localhost:3010/path',
  'enablebanking.com/path',
  'user@enablebanking.com',
])('certificates may not come from %j', (host) => {
  expect(accepts(host)).toBe(false);
});
