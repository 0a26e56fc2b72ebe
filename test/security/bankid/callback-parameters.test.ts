import { expect, it } from 'vitest';
import { expectRefusal, returnedTo, startStack } from './stack.ts';

it.each([
  ['the code twice', { again: { code: 'another' } }, /code more than once/],
  ['the issuer twice', { again: { iss: 'https://auth.bankid.example' } }, /iss more than once/],
  ['an error twice', { set: { error: 'x' }, again: { error: 'y' } }, /error more than once/],
  ['no code', { without: ['code'] }, /no code/],
  ['an empty code', { set: { code: '' } }, /no code/],
  ['a code in a list', { without: ['code'], set: { 'code[]': 'x' } }, /no code/],
  ['a code of more than 4 kB', { set: { code: 'x'.repeat(4_097) } }, /code is too long/],
  [
    'a description of more than 4 kB',
    { set: { error: 'x', error_description: 'x'.repeat(4_097) } },
    /error_description is too long/,
  ],
])('refuses a callback with %s, and sends nothing', async (_, override, reason) => {
  const stack = await startStack();
  const { callback, transaction } = await returnedTo(stack, override);
  await expectRefusal(stack.bankId.completeSignIn(callback, transaction), 'sign_in_state_mismatch', reason);
  expect(stack.requests('token')).toBe(0);
});

it('ignores unknown parameters', async () => {
  const stack = await startStack();
  const { callback, transaction } = await returnedTo(stack, { set: { session_state: 'x' } });
  await expect(stack.bankId.completeSignIn(callback, transaction)).resolves.toBeDefined();
});
