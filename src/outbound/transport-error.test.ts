import { describe, expect, test } from 'vitest';
import { CallError } from './call-error.ts';
import { DeadlineError } from './deadline.ts';
import { ExchangeError, UnacceptableAnswerError } from './exchange.ts';
import { transportError } from './transport-error.ts';

const context = { provider: 'test', operation: 'test.act' };

function fault(code: string): Error {
  return Object.assign(new Error('canary'), { code });
}

describe('a transport fault', () => {
  test.each([
    ['ECONNREFUSED', 'provider_unavailable'],
    ['ENOTFOUND', 'provider_unavailable'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'provider_unavailable'],
    ['ECONNRESET', 'provider_unavailable'],
    ['UND_ERR_SOCKET', 'provider_unavailable'],
    ['UND_ERR_CONNECT_TIMEOUT', 'provider_timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'provider_timeout'],
    ['SOMETHING_NEW', 'provider_unavailable'],
  ] as const)('%s is %s', (systemCode, code) => {
    const error = transportError(new ExchangeError(fault(systemCode), true), context);
    expect(error).toMatchObject({ code, message: `test.act: ${systemCode}`, details: context });
  });

  test.each([
    [true, 'unknown'],
    [false, 'not_sent'],
  ])('of a request whose bytes may have left (%s) leaves the outcome %s', (isSent, outcome) => {
    const error = transportError(new ExchangeError(fault('ECONNRESET'), isSent), context);
    expect(error.details.outcome).toBe(outcome);
  });

  test('gets the code of its cause when it has none of its own', () => {
    const wrapped = new Error('request failed', { cause: fault('ECONNREFUSED') });
    expect(transportError(new ExchangeError(wrapped, false), context).message).toBe('test.act: ECONNREFUSED');
  });

  test.each([
    ['the deadline', new DeadlineError(40), 'provider_timeout'],
    ['an answer that is not taken', new UnacceptableAnswerError('larger'), 'provider_invalid_response'],
    ['an error without a code', new Error('canary'), 'provider_unavailable'],
    ['what is not even an error', 'canary', 'provider_unavailable'],
  ])('by %s after the request was sent leaves the outcome unknown', (_case, thrown, code) => {
    const error = transportError(new ExchangeError(thrown, true), context);
    expect(error).toMatchObject({ code, details: { outcome: 'unknown' } });
  });

  test('from the deadline before sending has the outcome not_sent', () => {
    expect(transportError(new DeadlineError(40), context).details.outcome).toBe('not_sent');
  });

  test('in an invalid request is an internal error', () => {
    const error = transportError(new ExchangeError(fault('UND_ERR_INVALID_ARG'), false), context);
    expect(error).toMatchObject({ code: 'internal_error', details: { outcome: 'not_sent' } });
  });

  test('that is already a CallError is returned unchanged', () => {
    const error = new CallError('provider_unavailable');
    expect(transportError(error, context)).toBe(error);
  });

  test('does not repeat messages of others', () => {
    expect(transportError(new ExchangeError(new Error('canary'), true), context).message).toBe(
      'test.act: no answer',
    );
  });
});
