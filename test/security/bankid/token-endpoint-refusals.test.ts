import { expect, it } from 'vitest';
import { Secret } from '#domain/secret.ts';
import { expectRefusal, signIn, signInBent, startStack } from './stack.ts';

it('reports a wrong client secret as a failed exchange with the issuer’s code', async () => {
  const stack = await startStack({ clientSecret: new Secret('wrong'), pushedAuthorization: 'never' });
  const refusal = await expectRefusal(signIn(stack.bankId), 'sign_in_code_exchange_failed', /answered 401/);
  expect(refusal.details).toMatchObject({
    httpStatus: 401,
    providerCode: 'invalid_client',
    outcome: 'refused',
  });
});

it.each(['client_secret_basic', 'client_secret_post'] as const)(
  'authenticates by %s with a secret that needs encoding',
  async (clientAuthentication) => {
    const stack = await startStack({ clientAuthentication });
    await expect(signIn(stack.bankId)).resolves.toBeDefined();
  },
);

it.each([400, 401, 403, 404, 302, 204])('reports the status %i as a failed exchange', async (status) => {
  const stack = await startStack();
  stack.faults.add({ operation: 'token', effect: 'status', status });
  const refusal = await expectRefusal(
    signIn(stack.bankId),
    'sign_in_code_exchange_failed',
    new RegExp(`answered ${status}`),
  );
  expect(refusal.details.httpStatus).toBe(status);
  expect(stack.requests('token')).toBe(1);
});

it.each(['empty', 'malformed'] as const)(
  'reports an answer that is %s as a failed exchange',
  async (effect) => {
    const stack = await startStack();
    stack.faults.add({ operation: 'token', effect });
    await expectRefusal(signIn(stack.bankId), 'sign_in_code_exchange_failed', /not with tokens/);
  },
);

it.each([
  ['no ID token', { withoutResponse: ['id_token'] }, /at fault: id_token/],
  ['an ID token that is no text', { response: { id_token: {} } }, /at fault: id_token/],
  ['no access token', { withoutResponse: ['access_token'] }, /at fault: access_token/],
  ['tokens of another type', { response: { token_type: 'DPoP' } }, /at fault: token_type/],
  ['more than it should', { response: { padding: 'x'.repeat(70_000) } }, /larger than/],
])('reports an answer with %s as a failed exchange', async (_, bend, reason) => {
  const stack = await startStack();
  await expectRefusal(signInBent(stack, bend), 'sign_in_code_exchange_failed', reason);
});

it.each([
  ['the type in other letters', { response: { token_type: 'bEARER' } }],
  ['no lifetime', { withoutResponse: ['expires_in'] }],
  ['a senseless lifetime', { response: { expires_in: 'soon' } }],
])('accepts an answer with %s', async (_, bend) => {
  const stack = await startStack();
  await expect(signInBent(stack, bend)).resolves.toBeDefined();
});
