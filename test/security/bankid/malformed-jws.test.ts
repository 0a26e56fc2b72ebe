import { it } from 'vitest';
import { expectRefusal, signInBent, startStack } from './stack.ts';

it.each([1, 2, 4, 5])('refuses an ID token of %i parts', async (parts) => {
  const stack = await startStack();
  await expectRefusal(signInBent(stack, { parts }), 'sign_in_token_invalid', /Invalid JWT|unsupported|JWE/);
});

it('refuses an ID token with a critical extension', async () => {
  const stack = await startStack();
  const header = { crit: ['b64'], b64: false };
  await expectRefusal(signInBent(stack, { header }), 'sign_in_token_invalid', /crit|unsupported/);
});

it.each(['', 'x.y.z', 'eyJhbGciOiJFUzI1NiJ9.bnVsbA.AAAA', '%%%.%%%.%%%', `${'a'.repeat(40_000)}.b.c`])(
  'refuses %j as an ID token',
  async (token) => {
    const stack = await startStack();
    const code = token === '' ? 'sign_in_code_exchange_failed' : 'sign_in_token_invalid';
    await expectRefusal(signInBent(stack, { response: { id_token: token } }), code, /ID token|id_token/);
  },
);
