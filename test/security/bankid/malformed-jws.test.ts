import { it } from 'vitest';
import { expectRefusal, signInOverridden, startStack } from './stack.ts';

it.each([1, 2, 4, 5])('refuses an ID token of %i parts', async (parts) => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { parts }),
    'sign_in_token_invalid',
    /not a JSON Web Signature/,
  );
});

it.each([
  [{ crit: ['made_up'], made_up: true }, /its header requires an unsupported feature/],
  [{ crit: ['b64'], b64: false }, /not a JSON Web Token/],
])('refuses an ID token with the critical extension %j', async (header, reason) => {
  const stack = await startStack();
  await expectRefusal(signInOverridden(stack, { header }), 'sign_in_token_invalid', reason);
});

it.each(['', 'x.y.z', 'eyJhbGciOiJFUzI1NiJ9.bnVsbA.AAAA', '%%%.%%%.%%%', `${'a'.repeat(40_000)}.b.c`])(
  'refuses %j as an ID token',
  async (token) => {
    const stack = await startStack();
    const code = token === '' ? 'sign_in_code_exchange_failed' : 'sign_in_token_invalid';
    await expectRefusal(
      signInOverridden(stack, { response: { id_token: token } }),
      code,
      /not a JSON Web Signature|id_token|it has no kid/,
    );
  },
);
