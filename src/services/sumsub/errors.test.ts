import { expect, test } from 'vitest';
import type { RawResponse } from '#outbound/outbound.ts';
import { Answer } from '#outbound/raw-response.ts';
import { judgement } from './errors.ts';

const correlationId = 'req-5f8a1c9e-3b7d-4e2a-9c4f-1d6b8a0e7f3c';

function answer(status: number, body: string): RawResponse {
  const received = { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  return new Answer(received, { provider: 'sumsub', operation: 'sumsub.applicant_status' });
}

test.each([
  [500, { code: 500, description: 'no', correlationId }, 'request'],
  [500, { code: 500, errorCode: 1000 }, 'request'],
  [200, { code: 500, errorCode: 1000 }, 'request'],
  [503, { code: 503, description: 'no', correlationId }, 'provider'],
  [504, { code: 504, description: 'no', correlationId }, 'request'],
  [500, { message: 'of something in front of Sumsub' }, 'provider'],
  [404, { code: 404, description: 'no', correlationId }, undefined],
  [200, { reviewStatus: 'init', correlationId }, undefined],
])('to the breaker, %i with %j is a failure of: %s', (status, body, failure) => {
  expect(judgement(answer(status, JSON.stringify(body))).failure).toBe(failure);
});

test.each(['<h1>Hello</h1>', ''])('an answer that is not JSON (%j) did not come from Sumsub', (body) => {
  expect(judgement(answer(500, body)).failure).toBe('provider');
});
