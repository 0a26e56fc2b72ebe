import { expect, it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it('ignores a key in the token’s header, and does not fetch keys from addresses there', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { key: 'impostor', keyInHeader: true }),
    'sign_in_token_invalid',
    /signature verification failed/,
  );
  expect(stack.requests('brought_keys')).toBe(0);
});

it('does not trust an unknown key because it is in the header', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { key: 'unpublished', keyInHeader: true }),
    'sign_in_token_invalid',
    /no applicable keys/,
  );
  expect(stack.requests('brought_keys')).toBe(0);
});

it('ignores a certificate in the header', async () => {
  const stack = await startStack();
  const header = { x5c: ['MIIB'], 'x5t#S256': 'AAAA' };
  await expectRefusal(
    signInOverridden(stack, { key: 'impostor', header }),
    'sign_in_token_invalid',
    /signature verification failed/,
  );
});

it('accepts such a header when the issuer’s own key has signed', async () => {
  const stack = await startStack();
  await expect(signInOverridden(stack, { keyInHeader: true })).resolves.toBeDefined();
  expect(stack.requests('brought_keys')).toBe(0);
});
