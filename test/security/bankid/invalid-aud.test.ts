import { expect, it } from 'vitest';
import { expectRefusal, signInBent, startStack } from './stack.ts';

it.each([
  ['for another client', { claims: { aud: 'someone-else' } }],
  ['for nobody', { withoutClaims: ['aud'] }],
  ['for an empty list', { claims: { aud: [] } }],
  ['whose audience is no text', { claims: { aud: 7 } }],
])('refuses an ID token %s', async (_, bend) => {
  const stack = await startStack();
  await expectRefusal(signInBent(stack, bend), 'sign_in_token_invalid', /aud/);
});

it('refuses a second audience that Drop does not know, with or without an authorised party', async () => {
  const stack = await startStack();
  const claims = { aud: ['demo-drop', 'someone-else'] };
  await expectRefusal(signInBent(stack, { claims }), 'sign_in_token_invalid', /aud/);
  await expectRefusal(signInBent(stack, { claims, withoutClaims: ['azp'] }), 'sign_in_token_invalid', /aud/);
});

it('accepts a list with Drop alone in it', async () => {
  const stack = await startStack();
  await expect(signInBent(stack, { claims: { aud: ['demo-drop'] } })).resolves.toBeDefined();
});
