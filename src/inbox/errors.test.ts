import { expect, test } from 'vitest';
import { InboxError, plainErrors } from './errors.ts';

test('an error of the inbox is passed on as it is, and stored by its code', () => {
  const error = new InboxError('provider_timeout', { message: 'late' });
  expect(plainErrors.toError(error)).toBe(error);
  expect(plainErrors.codeOf(error)).toBe('provider_timeout');
});

test('what a source throws is passed on as it is, and stored as a failure of its handling', () => {
  const thrown = new RangeError('canary');
  expect(plainErrors.ofVerify(thrown)).toBe(thrown);
  expect(plainErrors.codeOf(thrown)).toBe('handling_failed');
});
