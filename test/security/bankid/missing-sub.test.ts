import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it.each([
  ['no subject', { withoutClaims: ['sub'] }],
  ['an empty subject', { claims: { sub: '' } }],
  ['a subject that is not a string', { claims: { sub: 7 } }],
])('refuses an ID token with %s', async (_, override) => {
  const stack = await startStack();
  await expectRefusal(signInOverridden(stack, override), 'sign_in_token_invalid', /sub/);
});
