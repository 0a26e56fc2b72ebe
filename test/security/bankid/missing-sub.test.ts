import { it } from 'vitest';
import { expectRefusal, signInBent, startStack } from './stack.ts';

it.each([
  ['no subject', { withoutClaims: ['sub'] }],
  ['an empty subject', { claims: { sub: '' } }],
  ['a subject that is no text', { claims: { sub: 7 } }],
])('refuses an ID token with %s', async (_, bend) => {
  const stack = await startStack();
  await expectRefusal(signInBent(stack, bend), 'sign_in_token_invalid', /sub/);
});
