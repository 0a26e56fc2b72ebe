import { expect, it } from 'vitest';
import { choose, expectRefusal, redirectUri, signInOverridden, startStack } from './stack.ts';

it.each(['other', '', 7])('refuses an ID token with the wrong nonce %j', async (nonce) => {
  const stack = await startStack();
  await expectRefusal(signInOverridden(stack, { claims: { nonce } }), 'sign_in_token_invalid', /nonce/);
});

it('refuses the ID token of one sign-in in another', async () => {
  const stack = await startStack();
  const first = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
  const second = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
  expect(first.transaction.nonce).not.toBe(second.transaction.nonce);
  await stack.act('bend_next_id_token', { claims: { nonce: first.transaction.nonce } });
  const callback = await choose(second.authorizeUrl, 'kari');
  await expectRefusal(
    stack.bankId.completeSignIn(callback, second.transaction),
    'sign_in_token_invalid',
    /nonce/,
  );
});
