import { describe, expect, test } from 'vitest';
import { BodyTooLargeError } from './bounded-body.ts';
import { DeadlineError } from './deadline.ts';
import { transportError } from './transport-error.ts';

const context = { provider: 'test', operation: 'test.act' };

function fault(code: string): Error {
  return Object.assign(new Error('canary'), { code });
}

describe('a transport fault', () => {
  test.each([
    ['ECONNREFUSED', 'provider_unavailable', 'not_sent'],
    ['ENOTFOUND', 'provider_unavailable', 'not_sent'],
    ['EAI_AGAIN', 'provider_unavailable', 'not_sent'],
    ['EHOSTUNREACH', 'provider_unavailable', 'not_sent'],
    ['ENETUNREACH', 'provider_unavailable', 'not_sent'],
    ['CERT_HAS_EXPIRED', 'provider_unavailable', 'not_sent'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'provider_unavailable', 'not_sent'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'provider_unavailable', 'not_sent'],
    ['UND_ERR_CONNECT_TIMEOUT', 'provider_timeout', 'not_sent'],
    ['ECONNRESET', 'provider_unavailable', 'unknown'],
    ['EPIPE', 'provider_unavailable', 'unknown'],
    ['UND_ERR_SOCKET', 'provider_unavailable', 'unknown'],
    ['UND_ERR_DESTROYED', 'provider_unavailable', 'unknown'],
    ['UND_ERR_HEADERS_TIMEOUT', 'provider_timeout', 'unknown'],
    ['UND_ERR_BODY_TIMEOUT', 'provider_timeout', 'unknown'],
    ['SOMETHING_NEW', 'provider_unavailable', 'unknown'],
  ] as const)('%s is %s, and the call %s', (systemCode, code, outcome) => {
    const error = transportError(fault(systemCode), context);
    expect(error).toMatchObject({ code, details: { outcome, ...context } });
    expect(error.message).toBe(`test.act: ${systemCode}`);
  });

  test('is judged by its cause when it has no code of its own', () => {
    const wrapped = new Error('request failed', { cause: fault('ECONNREFUSED') });
    expect(transportError(wrapped, context).details.outcome).toBe('not_sent');
  });

  test.each([
    ['the deadline', new DeadlineError(40), 'provider_timeout'],
    ['a body that is too large', new BodyTooLargeError('larger'), 'provider_invalid_response'],
    ['an error without a code', new Error('canary'), 'provider_unavailable'],
    ['what is not even an error', 'canary', 'provider_unavailable'],
  ])('by %s leaves the outcome unknown', (_case, thrown, code) => {
    expect(transportError(thrown, context)).toMatchObject({ code, details: { outcome: 'unknown' } });
  });

  test("does not take over words that are not Drop's", () => {
    expect(transportError(new Error('canary'), context).message).toBe('test.act: no answer');
  });
});
