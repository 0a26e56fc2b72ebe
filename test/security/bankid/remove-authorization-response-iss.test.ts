import { expect, it } from 'vitest';
import { expectRefusal, returnedTo, startStack } from './stack.ts';

it('refuses a callback without iss when the issuer declares the parameter, and sends nothing', async () => {
  const stack = await startStack();
  const { callback, transaction } = await returnedTo(stack, { without: ['iss'] });
  await expectRefusal(
    stack.bankId.completeSignIn(callback, transaction),
    'sign_in_state_mismatch',
    /does not name its issuer/,
  );
  expect(stack.requests('token')).toBe(0);
});

it('accepts a callback without iss when the issuer does not declare the parameter', async () => {
  const stack = await startStack();
  await stack.act('bend_discovery', { without: ['authorization_response_iss_parameter_supported'] });
  const { callback, transaction } = await returnedTo(stack, { without: ['iss'] });
  await expect(stack.bankId.completeSignIn(callback, transaction)).resolves.toBeDefined();
});
