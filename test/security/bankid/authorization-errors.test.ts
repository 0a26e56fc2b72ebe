import { expect, it } from 'vitest';
import { expectRefusal, returnedTo, startStack } from './stack.ts';

it.each([
  ['temporarily_unavailable', 'authentication_expired', 'sign_in_expired'],
  ['temporarily_unavailable', 'authentication_expired_', 'sign_in_unavailable'],
  ['temporarily_unavailable', '', 'sign_in_unavailable'],
  ['server_error', 'authentication_expired', 'sign_in_unavailable'],
  ['access_denied', 'authentication_expired', 'sign_in_cancelled'],
] as const)('takes the error %s with %j for %s, and sends nothing', async (error, description, code) => {
  const stack = await startStack();
  const set = { error, error_description: description };
  const { callback, transaction } = await returnedTo(stack, { without: ['code'], set });
  await expectRefusal(stack.bankId.completeSignIn(callback, transaction), code, /./);
  expect(stack.requests('token')).toBe(0);
});

it.each([
  ['temporarily_unavailable', 'sign_in_unavailable'],
  ['server_error', 'sign_in_unavailable'],
  ['unauthorized_client', 'sign_in_code_exchange_failed'],
  ['constructor', 'sign_in_code_exchange_failed'],
  ['<script>alert(1)</script>', 'sign_in_code_exchange_failed'],
] as const)('takes the error %s for %s, and sends nothing', async (error, code) => {
  const stack = await startStack();
  const set = { error, error_description: 'x'.repeat(400) };
  const { callback, transaction } = await returnedTo(stack, { without: ['code'], set });
  const refusal = await expectRefusal(
    stack.bankId.completeSignIn(callback, transaction),
    code,
    /sent the person back with/,
  );
  expect(`${refusal.message} ${refusal.details.providerCode}`).not.toMatch(/script|xxx/);
  // The browser may have made it up.
  expect(refusal.details.causedByCaller).toBe(true);
  expect(stack.requests('token')).toBe(0);
});
