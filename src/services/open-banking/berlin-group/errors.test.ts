import { describe, expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import type { RawResponse } from '#outbound/outbound.ts';
import { asInitiationFault, judge, refusal } from './errors.ts';

function answer(status: number, body: unknown): RawResponse {
  const text = body === undefined ? '' : JSON.stringify(body);
  const json = (): unknown => {
    if (body === undefined) throw new DropError('provider_invalid_response', { message: 'not JSON' });
    return body;
  };
  return { status, headers: new Headers(), body: Buffer.from(text), text: () => text, json };
}

const message = (code: string) => ({ category: 'ERROR', code, text: 'konto 12345678903' });
const tpp = (code: string) => ({ tppMessages: [message(code)] });
const problem = (code: string) => ({
  type: 'https://bank.example/e',
  title: 'x',
  detail: '12345678903',
  code,
});

describe.each([
  ['tppMessages', tpp],
  ['a problem (RFC 7807)', problem],
])('an error as %s', (_form, body) => {
  test.each([
    [429, 'ACCESS_EXCEEDED', 'account', 'bank_rate_limited', 'refused'],
    [401, 'CONSENT_EXPIRED', 'account', 'consent_expired', 'refused'],
    [401, 'CONSENT_INVALID', 'account', 'consent_ended', 'refused'],
    [403, 'CONSENT_UNKNOWN', 'consent', 'consent_revoked', 'refused'],
    [401, 'CERTIFICATE_EXPIRED', 'consent', 'provider_rejected_credentials', 'refused'],
    [404, 'RESOURCE_UNKNOWN', 'account', 'account_unknown', 'refused'],
    [404, 'RESOURCE_UNKNOWN', 'payment', 'payment_unknown', 'refused'],
    [403, 'RESOURCE_EXPIRED', 'consent', 'consent_revoked', 'refused'],
    [405, 'CANCELLATION_INVALID', 'payment', 'payment_not_cancellable', 'refused'],
    [400, 'FORMAT_ERROR', 'payment', 'provider_refused', 'refused'],
    [500, 'INTERNAL_SERVER_ERROR', 'payment', 'bank_unavailable', 'unknown'],
    [400, 'A_NEW_CODE', 'payment', 'provider_refused', 'refused'],
  ] as const)('%i %s about a %s is %s', (...row) => {
    const [status, providerCode, subject, code, outcome] = row;
    const error = refusal(answer(status, body(providerCode)), 'berlin-group.x', subject);
    expect(error).toMatchObject({ code, details: { outcome, providerCode, httpStatus: status } });
  });

  test('quotes nothing of what the bank writes', () => {
    const error = refusal(answer(400, body('FORMAT_ERROR')), 'berlin-group.x', 'payment');
    expect(JSON.stringify([error.message, error.details])).not.toContain('12345678903');
  });
});

test('a warning is not the error', () => {
  const warning = { category: 'WARNING', code: 'SOMETHING_ELSE' };
  const body = { tppMessages: [warning, message('CONSENT_EXPIRED')] };
  expect(refusal(answer(401, body), 'x', 'account').code).toBe('consent_expired');
});

test('an answer without a code is judged by its status', () => {
  expect(refusal(answer(404, undefined), 'x', 'payment').code).toBe('provider_refused');
  expect(refusal(answer(502, undefined), 'x', 'payment').code).toBe('bank_unavailable');
});

test.each([
  [500, tpp('INTERNAL_SERVER_ERROR'), 'request'],
  [503, undefined, 'scope'],
  [504, undefined, 'request'],
  [200, undefined, undefined],
  [400, tpp('FORMAT_ERROR'), undefined],
])('for the breaker a %i is a failure of: %s', (status, body, failure) => {
  expect(judge(answer(status, body)).failure).toBe(failure);
});

test.each([
  [199, undefined],
  [200, 'scope'],
  [299, 'scope'],
  [300, undefined],
  [404, undefined],
])('a page in place of JSON with the status %i is a failure of: %s', (status, failure) => {
  const page = { ...answer(status, undefined), body: Buffer.from('<html>') };
  expect(judge(page).failure).toBe(failure);
});

test('the messages of a success are no error', () => {
  expect(judge(answer(201, tpp('SOMETHING')))).toEqual({ failure: undefined, providerCode: undefined });
});

describe('an initiation', () => {
  const fault = (status: number, code: string): unknown =>
    asInitiationFault(refusal(answer(status, tpp(code)), 'x', 'payment'));

  test.each([
    [400, 'FORMAT_ERROR', 'provider_refused'],
    [400, 'PAYMENT_FAILED', 'payment_refused_by_bank'],
    [404, 'PRODUCT_UNKNOWN', 'payment_refused_by_bank'],
    [401, 'SIGNATURE_INVALID', 'provider_rejected_credentials'],
  ])('that is refused with %i %s was not taken', (status, code, expected) => {
    expect(fault(status, code)).toMatchObject({ code: expected, details: { outcome: 'refused' } });
  });

  test.each([
    [404, 'RESOURCE_UNKNOWN'],
    [409, 'STATUS_INVALID'],
    [400, 'CANCELLATION_INVALID'],
    [500, 'INTERNAL_SERVER_ERROR'],
  ])('that is answered %i %s is in doubt', (status, code) => {
    expect(fault(status, code)).toMatchObject({ code: 'payment_outcome_unknown' });
  });
});
