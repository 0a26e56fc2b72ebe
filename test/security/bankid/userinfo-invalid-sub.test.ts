import { it } from 'vitest';
import { signInOverriddenAt } from './broker.ts';
import { expectRefusal } from './stack.ts';

it.each([
  ['another subject', { claims: { sub: 'somebody-else' } }, /another subject/],
  ['no subject', { withoutClaims: ['sub'] }, /at fault: sub/],
  ['an empty subject', { claims: { sub: '' } }, /at fault: sub/],
  ['a subject that is not a string', { claims: { sub: 7 } }, /at fault: sub/],
])('refuses an answer of userinfo about %s', async (_, override, reason) => {
  await expectRefusal(signInOverriddenAt(override), 'sign_in_token_invalid', reason);
});
