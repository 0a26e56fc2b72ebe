import { expect, it } from 'vitest';
import { choose, expectRefusal, redirectUri, startStack } from './stack.ts';

async function returned(bend: Record<string, unknown> = {}) {
  const stack = await startStack();
  await stack.act('bend_discovery', bend);
  const { authorizeUrl, transaction } = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
  return { stack, transaction, callback: await choose(authorizeUrl, 'kari') };
}

it('refuses a callback of another issuer, and sends nothing', async () => {
  const { stack, transaction, callback } = await returned();
  callback.set('iss', 'https://auth.bankid.example');
  await expectRefusal(
    stack.bankId.completeSignIn(callback, transaction),
    'sign_in_state_mismatch',
    /another issuer/,
  );
  expect(stack.requests('token')).toBe(0);
});

it('refuses a callback without an issuer where the issuer names itself, and sends nothing', async () => {
  const { stack, transaction, callback } = await returned();
  callback.delete('iss');
  await expectRefusal(
    stack.bankId.completeSignIn(callback, transaction),
    'sign_in_state_mismatch',
    /which issuer/,
  );
  expect(stack.requests('token')).toBe(0);
});

it('accepts a callback without an issuer where the issuer does not name itself', async () => {
  const without = ['authorization_response_iss_parameter_supported'];
  const { stack, transaction, callback } = await returned({ without });
  callback.delete('iss');
  await expect(stack.bankId.completeSignIn(callback, transaction)).resolves.toBeDefined();
});
