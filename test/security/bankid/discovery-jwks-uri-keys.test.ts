import { expect, it } from 'vitest';
import { expectRefusal, signIn, startStack } from './stack.ts';

it('verifies with the keys at the address in the metadata', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  expect(stack.requests('jwks')).toBe(1);
});

it('does not verify with keys at another address of the same issuer', async () => {
  const stack = await startStack();
  await stack.act('bend_discovery', { set: { jwks_uri: `${stack.issuer}/brought-keys` } });
  await expectRefusal(signIn(stack.bankId), 'sign_in_token_invalid', /signature verification failed/);
  expect(stack.requests('jwks')).toBe(0);
});
