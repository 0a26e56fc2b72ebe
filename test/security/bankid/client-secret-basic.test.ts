import { expect, it } from 'vitest';
import { Secret } from '#domain/secret.ts';
import { expectRefusal, signIn, startStack } from './stack.ts';

it.each(['client_secret_basic', 'client_secret_post'] as const)(
  'authenticates by %s with a secret that needs encoding',
  async (clientAuthentication) => {
    const stack = await startStack({ clientAuthentication });
    await expect(signIn(stack.bankId)).resolves.toBeDefined();
  },
);

it.each(['client_secret_basic', 'client_secret_post'] as const)(
  'reports a wrong secret by %s as a failed exchange with the issuer’s code',
  async (clientAuthentication) => {
    const clientSecret = new Secret('wrong');
    const stack = await startStack({ clientSecret, clientAuthentication, pushedAuthorization: 'never' });
    const refusal = await expectRefusal(signIn(stack.bankId), 'sign_in_code_exchange_failed', /answered 401/);
    expect(refusal.details).toMatchObject({
      httpStatus: 401,
      providerCode: 'invalid_client',
      outcome: 'refused',
    });
  },
);
