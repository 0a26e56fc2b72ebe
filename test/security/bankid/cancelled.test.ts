import { expect, it } from 'vitest';
import { expectRefusal, returnedTo, signIn, startStack } from './stack.ts';

it.each(['cancel', 'avbryter'])(
  'reports that the person cancelled (%s), with BankID’s code',
  async (person) => {
    const stack = await startStack();
    const refusal = await expectRefusal(signIn(stack.bankId, person), 'sign_in_cancelled', /access_denied/);
    expect(refusal.details.providerCode).toBe('C301');
    expect(stack.requests('token')).toBe(0);
  },
);

it.each([
  ['bankid_error_codes:14ab', '14ab'],
  ['bankid_error_codes: C131', 'C131'],
  ['the person went away', 'access_denied'],
  ['bankid_error_codes:<script>', 'access_denied'],
])('maps the description %j to the code %s', async (error_description, code) => {
  const stack = await startStack();
  const override = { without: ['code'], set: { error: 'access_denied', error_description } };
  const { callback, transaction } = await returnedTo(stack, override);
  const attempt = stack.bankId.completeSignIn(callback, transaction);
  const refusal = await expectRefusal(attempt, 'sign_in_cancelled', /access_denied/);
  expect(refusal.details.providerCode).toBe(code);
});

it('reports an error even beside a code', async () => {
  const stack = await startStack();
  const { callback, transaction } = await returnedTo(stack, { set: { error: 'access_denied' } });
  const attempt = stack.bankId.completeSignIn(callback, transaction);
  await expectRefusal(attempt, 'sign_in_cancelled', /access_denied/);
  expect(stack.requests('token')).toBe(0);
});
