import { describe, expect, test } from 'vitest';
import { DropError } from './errors.ts';
import { unansweredBy } from './unanswered.ts';

const provider = 'bank-link';
const call = new DropError('provider_timeout', { provider });

describe('an error is the failure of its provider', () => {
  test.each([
    ['without an answer', new DropError('provider_unavailable', { provider }), { provider }],
    [
      'under the code of a service',
      new DropError('bank_unavailable', { provider, cause: call }),
      { provider },
    ],
    ['answered with 503', new DropError('kyc_unavailable', { provider, httpStatus: 503 }), { provider }],
    [
      'of one bank',
      new DropError('provider_unavailable', { provider, bank: 'DNB' }),
      { provider, bank: 'DNB' },
    ],
  ])('%s', (_what, error, party) => {
    expect(unansweredBy(error)).toEqual(party);
  });
});

describe('an error is no failure of a provider to answer', () => {
  test.each([
    ['a refusal', new DropError('kyc_unavailable', { provider, httpStatus: 401 })],
    ['an answer that is not read', new DropError('provider_invalid_response', { provider, httpStatus: 200 })],
    [
      'a bug that handling an answer met',
      new DropError('bank_unavailable', { provider, cause: new TypeError() }),
    ],
    ['an error that names no provider', new DropError('provider_unavailable')],
    ['a bug', new TypeError('x is undefined')],
    ['what no code expected', new DropError('internal_error', { cause: call })],
  ])('%s', (_what, error) => {
    expect(unansweredBy(error)).toBeUndefined();
  });
});
