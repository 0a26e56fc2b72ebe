import { expect, test } from 'vitest';
import type { RawResponse } from '#outbound/outbound.ts';
import { refusalError, refused } from './faults.ts';

test.each([
  ['0f8fad5b-d9cb-469f-a165-70867728950e', '0f8fad5b-d9cb-469f-a165-70867728950e'],
  ['Kari Prøve 138780 99999', undefined],
  ['x'.repeat(101), undefined],
])('a request id in a refusal is kept where it is one: %#', (given, kept) => {
  const headers = new Headers({ 'x-request-id': given });
  const response: RawResponse = {
    status: 400,
    headers,
    body: new Uint8Array(),
    text: () => '',
    json: () => undefined,
  };
  const verdict = refused('provider_refused');
  const error = refusalError(response, {
    provider: 'made-up',
    operation: 'x',
    providerCode: undefined,
    verdict,
  });
  expect(error.details.providerRequestId).toBe(kept);
});

test('a refusal names the bank that the call was about', () => {
  const response = { status: 500, scope: 'DNB', headers: new Headers(), body: new Uint8Array() };
  const refusal = {
    provider: 'made-up',
    operation: 'x',
    providerCode: undefined,
    verdict: refused('provider_refused'),
  };
  const error = refusalError({ ...response, text: () => '', json: () => undefined }, refusal);
  expect(error.details.bank).toBe('DNB');
});
