import { expect, test } from 'vitest';
import { z } from 'zod';
import { DropError } from '#domain/errors.ts';
import type { RawResponse } from '#outbound/outbound.ts';
import { asInitiationFault, refusal, verdicts } from './errors.ts';
import { fixture } from './fixture.ts';

function answer(status: number, body: unknown, headers: Record<string, string> = {}): RawResponse {
  const text = JSON.stringify(body);
  return {
    status,
    headers: new Headers(headers),
    body: Buffer.from(text),
    text: () => text,
    json: () => body,
  };
}

const { codes } = z.object({ codes: z.array(z.string()) }).parse(fixture('error-codes'));

test('every code of the provider is in the table, and no other', () => {
  expect(Object.keys(verdicts).sort()).toEqual([...codes].sort());
});

test('a refusal keeps the code and nothing that the provider quotes', () => {
  const error = refusal(answer(422, fixture('error'), { 'x-request-id': 'req-1' }), 'get_balances');
  expect(error.details).toMatchObject({
    providerCode: 'PSU_HEADER_NOT_PROVIDED',
    httpStatus: 422,
    outcome: 'refused',
    providerRequestId: 'req-1',
  });
  expect(JSON.stringify([error.message, error.details])).not.toMatch(/12345678903|192\.0\.2\.7/);
});

test.each([
  [401, 'provider_rejected_credentials', 'refused'],
  [403, 'provider_rejected_credentials', 'refused'],
  [408, 'bank_unavailable', 'unknown'],
  [400, 'provider_refused', 'refused'],
  [422, 'provider_refused', 'refused'],
  // Neither is a refusal: what is behind the answer may have begun the payment.
  [301, 'bank_unavailable', 'unknown'],
  [303, 'bank_unavailable', 'unknown'],
  [307, 'bank_unavailable', 'unknown'],
  [409, 'bank_unavailable', 'unknown'],
  [418, 'bank_unavailable', 'unknown'],
  [429, 'provider_rate_limited', 'refused'],
  [500, 'bank_unavailable', 'unknown'],
])('status %i with a code that is new is %s, %s', (status, code, outcome) => {
  const error = refusal(answer(status, { error: 'SOMETHING_NEW' }), 'get_balances');
  expect([error.code, error.details.outcome]).toEqual([code, outcome]);
});

test.each(['ASPSP_ERROR', 'ASPSP_TIMEOUT', 'ASPSP_PAYMENT_NOT_ACCESSIBLE'])(
  'an initiation refused with %s may have reached the bank',
  (code) => {
    const error = asInitiationFault(refusal(answer(400, { error: code }), 'create_payment'));
    expect(error).toMatchObject({ code: 'payment_outcome_unknown', details: { providerCode: code } });
  },
);

test('a code of the bank that is new says that the bank was asked', () => {
  const error = refusal(answer(400, { error: 'ASPSP_SOMETHING_NEW' }), 'create_payment');
  expect(error).toMatchObject({ code: 'bank_unavailable', details: { outcome: 'unknown' } });
});

test('an initiation that was refused or not sent stays what it was', () => {
  const refused = refusal(answer(422, { error: 'PAYMENT_LIMIT_EXCEEDED' }), 'create_payment');
  const notSent = new DropError('bank_unavailable', { outcome: 'not_sent' });
  expect(asInitiationFault(refused)).toBe(refused);
  expect(asInitiationFault(notSent)).toBe(notSent);
});
