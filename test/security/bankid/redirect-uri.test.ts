import { expect, it } from 'vitest';
import { choose, startStack } from './stack.ts';

it.each([
  'https://getdrop.example:443/api/auth/bankid/callback',
  'https://GetDrop.example/api/auth/bankid/callback',
  'https://getdrop.example',
  'https://getdrop.example/callback?from=bankid',
  'drop://auth/callback',
  'no.getdrop.app:/callback',
])('sends the registered redirect URI again, unchanged, with the code (%s)', async (odd) => {
  const stack = await startStack({}, { emulated: { redirectUris: [odd] } });
  const { authorizeUrl, transaction } = await stack.bankId.startSignIn({ redirectUri: odd, locale: 'nb' });
  const callback = await choose(authorizeUrl, 'kari');
  await expect(stack.bankId.completeSignIn(callback, transaction)).resolves.toBeDefined();
});
