import { expect, it } from 'vitest';
import { expectRefusal, returnedTo, startStack } from './stack.ts';

it.each([
  ['another issuer', 'https://auth.bankid.example'],
  ['an empty issuer', ''],
])('refuses a callback of %s, and sends nothing', async (_, iss) => {
  const stack = await startStack();
  const { callback, transaction } = await returnedTo(stack, { set: { iss } });
  await expectRefusal(
    stack.bankId.completeSignIn(callback, transaction),
    'sign_in_state_mismatch',
    /another issuer/,
  );
  expect(stack.requests('token')).toBe(0);
});

it('refuses it even when the issuer does not declare the iss parameter', async () => {
  const stack = await startStack();
  await stack.act('bend_discovery', { without: ['authorization_response_iss_parameter_supported'] });
  const { callback, transaction } = await returnedTo(stack, { set: { iss: `${stack.issuer}/` } });
  await expectRefusal(
    stack.bankId.completeSignIn(callback, transaction),
    'sign_in_state_mismatch',
    /another issuer/,
  );
});
