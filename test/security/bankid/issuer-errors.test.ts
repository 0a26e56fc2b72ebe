import { request } from 'undici';
import { expect, it } from 'vitest';
import { bankIdErrors } from '#services/bankid/emulator/errors.ts';
import { expectRefusal, signIn, startStack } from './stack.ts';

async function tokenAnswer(issuer: string) {
  const answer = await request(`${issuer}/protocol/openid-connect/token`, { method: 'POST' });
  const body = (await answer.body.json()) as { error: string; error_description: string };
  return { status: answer.statusCode, type: answer.headers['content-type'], error: body.error };
}

it.each(Object.entries(bankIdErrors.codes))(
  'an injected %s is OAuth’s error with %i',
  async (code, status) => {
    const { issuer, faults } = await startStack();
    faults.add({ operation: 'token', effect: 'status', code });
    expect(await tokenAnswer(issuer)).toEqual({ status, type: 'application/json', error: code });
  },
);

it.each([
  [500, 'server_error'],
  [503, 'temporarily_unavailable'],
  [429, 'temporarily_unavailable'],
  [401, 'invalid_client'],
  [400, 'invalid_request'],
])('an injected %i without a code is %s', async (status, error) => {
  const { issuer, faults } = await startStack();
  faults.add({ operation: 'token', effect: 'status', status });
  expect(await tokenAnswer(issuer)).toMatchObject({ status, error });
});

it('an injected invalid_grant reaches the client with its code', async () => {
  const stack = await startStack();
  stack.faults.add({ operation: 'token', effect: 'status', code: 'invalid_grant' });
  const error = await expectRefusal(signIn(stack.bankId), 'sign_in_code_exchange_failed', /400/);
  expect(error.details.providerCode).toBe('invalid_grant');
});
