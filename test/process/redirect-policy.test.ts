import { expect, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { isRedirectAllowed } from '#domain/redirect-address.ts';
import { redirectPolicyOf } from '#process/wiring.ts';

test.each([
  ['a mock sends customers straight back to Drop', 'mock', true],
  ['no bank sends customers to a page of Drop', 'production', false],
] as const)('%s', (_case, mode, expected) => {
  const environment = {
    NEXT_PUBLIC_SERVICE_MODE: 'mock',
    DROP_ENVIRONMENT: 'staging',
    ALLOW_PUBLIC_MOCKS: 'true',
  };
  const config = { ...loadConfig(environment), NEXT_PUBLIC_SERVICE_MODE: mode };
  const address = `${config.baseUrl}/api/openbanking/callback?state=1`;
  expect(isRedirectAllowed(address, redirectPolicyOf(config))).toBe(expected);
});
