import { expect, it } from 'vitest';
import { expectRefusal, redirectUri, signIn, startStack } from './stack.ts';

it.each(['cancel', 'avbryter'])(
  'tells that the person cancelled (%s), with BankID’s code',
  async (person) => {
    const stack = await startStack();
    const refusal = await expectRefusal(signIn(stack.bankId, person), 'sign_in_cancelled', /access_denied/);
    expect(refusal.details.providerCode).toBe('C301');
    expect(stack.requests('token')).toBe(0);
  },
);

it.each([
  ['temporarily_unavailable', 'sign_in_unavailable'],
  ['server_error', 'sign_in_unavailable'],
  ['unauthorized_client', 'sign_in_code_exchange_failed'],
  ['constructor', 'sign_in_code_exchange_failed'],
  ['<script>alert(1)</script>', 'sign_in_code_exchange_failed'],
] as const)('takes the error %s for %s, and sends nothing', async (error, code) => {
  const stack = await startStack();
  const { transaction } = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
  const callback = new URLSearchParams({
    error,
    error_description: 'x'.repeat(400),
    state: transaction.state,
  });
  const refusal = await expectRefusal(
    stack.bankId.completeSignIn(callback, transaction),
    code,
    /sent the person back with/,
  );
  expect(`${refusal.message} ${refusal.details.providerCode}`).not.toMatch(/script|xxx/);
  expect(stack.requests('token')).toBe(0);
});
