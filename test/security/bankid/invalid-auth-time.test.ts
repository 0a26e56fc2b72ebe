import { expect, it } from 'vitest';
import { expectRefusal, redirectUri, seconds, signIn, signInOverridden, startStack } from './stack.ts';

const maxAgeSeconds = 300;

it('requests a recent authentication and accepts one', async () => {
  const stack = await startStack({ maxAgeSeconds, pushedAuthorization: 'never' });
  const { authorizeUrl } = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
  expect(new URL(authorizeUrl).searchParams.get('max_age')).toBe('300');
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it.each([-311, -86_400])('refuses an authentication %i seconds from now', async (offset) => {
  const stack = await startStack({ maxAgeSeconds });
  const claims = { auth_time: seconds(stack, offset) };
  await expectRefusal(
    signInOverridden(stack, { claims }),
    'sign_in_token_invalid',
    /auth_time, it is too long ago/,
  );
});

it('refuses an authentication in the future', async () => {
  const stack = await startStack({ maxAgeSeconds });
  const claims = { auth_time: seconds(stack, 11) };
  await expectRefusal(signInOverridden(stack, { claims }), 'sign_in_token_invalid', /auth_time, .* future/);
});

it('refuses a token without the time of authentication', async () => {
  const stack = await startStack({ maxAgeSeconds });
  const override = { withoutClaims: ['auth_time'] };
  await expectRefusal(signInOverridden(stack, override), 'sign_in_token_invalid', /auth_time, it is missing/);
});

it.each(['1900000000', null, -1])('refuses an authentication at %j', async (auth_time) => {
  const stack = await startStack({ maxAgeSeconds });
  await expectRefusal(
    signInOverridden(stack, { claims: { auth_time } }),
    'sign_in_token_invalid',
    /auth_time/,
  );
});

it('accepts an issuer whose clock is ten seconds behind', async () => {
  const stack = await startStack({ maxAgeSeconds });
  const claims = { auth_time: seconds(stack, -310) };
  await expect(signInOverridden(stack, { claims })).resolves.toBeDefined();
});

it('accepts any time when no age was requested', async () => {
  const stack = await startStack();
  const claims = { auth_time: seconds(stack, -86_400) };
  await expect(signInOverridden(stack, { claims })).resolves.toBeDefined();
});
