import { expect, it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('does not take the key that a token brings along, nor fetch it from where the token says', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { key: 'impostor', keyInHeader: true }),
    'sign_in_token_invalid',
    /signature verification failed/,
  );
  expect(stack.requests('brought_keys')).toBe(0);
});

it('does not know a key better for being brought along', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { key: 'unpublished', keyInHeader: true }),
    'sign_in_token_invalid',
    /no applicable keys/,
  );
  expect(stack.requests('brought_keys')).toBe(0);
});

it('does not read a certificate in the header', async () => {
  const stack = await startStack();
  const header = { x5c: ['MIIB'], 'x5t#S256': 'AAAA' };
  await expectRefusal(
    signInOverridden(stack, { key: 'impostor', header }),
    'sign_in_token_invalid',
    /signature verification failed/,
  );
});

it('lets such a header be when the issuer’s own key has signed', async () => {
  const stack = await startStack();
  await expect(signInOverridden(stack, { keyInHeader: true })).resolves.toBeDefined();
  expect(stack.requests('brought_keys')).toBe(0);
});
