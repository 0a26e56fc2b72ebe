import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it.each([
  ['a changed signature', { signature: 'tampered' }],
  ['a signature in DER', { signature: 'der' }],
  ['an empty signature', { signature: 'empty' }],
  ['a signature that is not base64url', { signature: 'not_base64url' }],
  ['a signature by another key under the kid of a valid one', { key: 'impostor' }],
])('refuses an ID token with %s', async (_, override) => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, override),
    'sign_in_token_invalid',
    /signature verification failed|not a JSON Web Signature/,
  );
});
