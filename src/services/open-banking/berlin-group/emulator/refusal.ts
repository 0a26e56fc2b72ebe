import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { jsonError, type ErrorAnswer, type ProviderErrors } from '#emulation/error-bodies.ts';
import type { Dialect } from './dialects.ts';

/** NextGenPSD2 1.3: message codes, each with the status that it comes with here. */
const statuses = {
  FORMAT_ERROR: 400,
  EXECUTION_DATE_INVALID: 400,
  PERIOD_INVALID: 400,
  TIMESTAMP_INVALID: 400,
  CERTIFICATE_INVALID: 401,
  CERTIFICATE_MISSING: 401,
  SIGNATURE_INVALID: 401,
  SIGNATURE_MISSING: 401,
  CONSENT_EXPIRED: 401,
  CONSENT_INVALID: 401,
  CONSENT_UNKNOWN: 403,
  PRODUCT_UNKNOWN: 404,
  RESOURCE_UNKNOWN: 404,
  CANCELLATION_INVALID: 405,
  REQUESTED_FORMATS_INVALID: 406,
  STATUS_INVALID: 409,
  ACCESS_EXCEEDED: 429,
  INTERNAL_SERVER_ERROR: 500,
} as const satisfies Record<string, ContentfulStatusCode>;
export type MessageCode = keyof typeof statuses;

/** An error in one of the two forms of the standard (Implementation Guidelines, section 4.13). */
function errorAnswer(form: Dialect['errors'], of: { code: string; text: string }): ErrorAnswer {
  const { code, text } = of;
  if (form === 'tppMessages') return jsonError({ tppMessages: [{ category: 'ERROR', code, text }] });
  const type = 'https://berlingroup.com/error-codes/';
  const problem = { type: `${type}${code}`, title: code, detail: text, code };
  return { ...jsonError(problem), contentType: 'application/problem+json' };
}

/** To be thrown by a handler: answers with the bank's error. */
export function refuse(form: Dialect['errors'], code: MessageCode, text: string): HTTPException {
  const status = statuses[code];
  const { contentType, body } = errorAnswer(form, { code, text });
  const headers = { 'content-type': contentType };
  return new HTTPException(status, { res: new Response(body, { status, headers }) });
}

/** The form of an injected error is the standard's first. */
export const injectedErrors: ProviderErrors = {
  codes: statuses,
  errorBody(_status, code, operation) {
    if (code === undefined) return { contentType: 'text/plain;charset=UTF-8', body: 'sandbox fault' };
    return errorAnswer('tppMessages', { code, text: `injected into ${operation}` });
  },
};

/** Every answer carries the request's id back. */
export function echoRequestId(c: Context<EmulatorEnvironment>): void {
  const id = c.req.header('x-request-id');
  if (id !== undefined) c.res.headers.set('x-request-id', id);
}
