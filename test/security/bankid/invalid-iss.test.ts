import { expect, it } from 'vitest';
import { expectRefusal, signIn, signInOverridden, startStack } from './stack.ts';

it.each([
  ['of another issuer', (issuer: string) => issuer.replace('sandbox', 'prod')],
  ['with a trailing slash', (issuer: string) => `${issuer}/`],
  ['in another case', (issuer: string) => issuer.replace('sandbox', 'Sandbox')],
  ['that is not a string', () => 7],
])('refuses an ID token %s', async (_, wrong) => {
  const stack = await startStack();
  const attempt = signInOverridden(stack, { claims: { iss: wrong(stack.issuer) } });
  await expectRefusal(attempt, 'sign_in_token_invalid', /iss/);
});

it('accepts the next ID token after an invalid one', async () => {
  const stack = await startStack();
  await expectRefusal(signInOverridden(stack, { claims: { iss: 'x' } }), 'sign_in_token_invalid', /iss/);
  await expect(signIn(stack.bankId)).resolves.toMatchObject({ issuer: stack.issuer });
});
