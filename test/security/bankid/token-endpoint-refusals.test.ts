import { expect, it } from 'vitest';
import { expectRefusal, kari, returnedTo, signIn, signInOverridden, startStack } from './stack.ts';

const failed = 'sign_in_code_exchange_failed';

it.each([400, 401, 403, 404, 302, 204])('reports the status %i as a failed exchange', async (status) => {
  const stack = await startStack();
  stack.faults.add({ operation: 'token', effect: 'status', status });
  const refusal = await expectRefusal(signIn(stack.bankId), failed, new RegExp(`answered ${status}`));
  expect(refusal.details.httpStatus).toBe(status);
  expect(refusal.details.causedByCaller).toBeUndefined();
  expect(stack.requests('token')).toBe(1);
});

it('does not forward the code when the token endpoint redirects', async () => {
  const stack = await startStack();
  const redirectTo = `${stack.issuer}/protocol/openid-connect/token`;
  await expectRefusal(signInOverridden(stack, { redirectTo }), failed, /answered 307/);
  expect(stack.requests('token')).toBe(1);
});

it.each(['empty', 'malformed'] as const)(
  'reports an answer that is %s as a failed exchange',
  async (effect) => {
    const stack = await startStack();
    stack.faults.add({ operation: 'token', effect });
    await expectRefusal(signIn(stack.bankId), failed, /not with tokens/);
  },
);

it.each([
  ['no ID token', { withoutResponse: ['id_token'] }, /at fault: id_token/],
  ['an ID token that is not a string', { response: { id_token: {} } }, /at fault: id_token/],
  ['no access token', { withoutResponse: ['access_token'] }, /at fault: access_token/],
  ['no type', { withoutResponse: ['token_type'] }, /at fault: token_type/],
  ['tokens of another type', { response: { token_type: 'DPoP' } }, /at fault: token_type/],
  ['a body that is too large', { response: { padding: 'x'.repeat(70_000) } }, /larger than/],
])('reports an answer with %s as a failed exchange', async (_, override, reason) => {
  const stack = await startStack();
  await expectRefusal(signInOverridden(stack, override), failed, reason);
});

it('refuses any number of forged codes without blocking other sign-ins', async () => {
  const stack = await startStack();
  for (let forged = 0; forged < 10; forged += 1) {
    const { callback, transaction } = await returnedTo(stack, { set: { code: `forged-${forged}` } });
    const refusal = await expectRefusal(stack.bankId.completeSignIn(callback, transaction), failed, /400/);
    expect(refusal.details).toMatchObject({ providerCode: 'invalid_grant', causedByCaller: true });
  }
  expect((await signIn(stack.bankId)).name).toBe(kari.name);
});
