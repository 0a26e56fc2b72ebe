import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** The provider's error codes that the emulator gives, with the HTTP status and the message that go with each. */
const refusals = {
  UNAUTHORIZED_ACCESS: [401, 'Unauthorized access'],
  AUTHORIZATION_NOT_PROVIDED: [401, 'Authorization header is not provided'],
  ACCESS_DENIED: [403, 'Access to this resource is denied. Check services available for your application.'],
  WRONG_REQUEST_PARAMETERS: [422, 'Wrong request parameters provided'],
  WRONG_ASPSP_PROVIDED: [422, 'Wrong ASPSP name provided'],
  REDIRECT_URI_NOT_ALLOWED: [422, 'Redirect URI not allowed'],
  WEBHOOK_URI_NOT_ALLOWED: [422, 'Webhook URI not allowed'],
  WRONG_AUTHORIZATION_CODE: [422, 'Wrong authorization code provided'],
  EXPIRED_AUTHORIZATION_CODE: [422, 'Authorization code is expired'],
  ALREADY_AUTHORIZED: [422, 'Session is already authorized'],
  SESSION_DOES_NOT_EXIST: [404, 'No session found matching provided id'],
  EXPIRED_SESSION: [401, 'Session is expired'],
  REVOKED_SESSION: [401, 'Session is revoked'],
  CLOSED_SESSION: [401, 'Session is closed'],
  WRONG_SESSION_STATUS: [422, 'Wrong session status'],
  ACCOUNT_DOES_NOT_EXIST: [404, 'No account found matching provided id'],
  PSU_HEADER_NOT_PROVIDED: [422, 'Required PSU header is not provided'],
  PSU_HEADER_INVALID: [422, 'Provided PSU header contains invalid value'],
  ASPSP_RATE_LIMIT_EXCEEDED: [429, 'ASPSP Rate limit exceeded'],
  PAYMENT_NOT_FOUND: [404, 'Payment not found'],
  PAYMENT_LIMIT_EXCEEDED: [422, 'The amount value or the the number of transactions exceeds the limit'],
  PAYMENT_NOT_FINALIZED: [422, 'You can not delete a payment that is not finalized or cancelled'],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;

export type RefusalCode = keyof typeof refusals;

/** To be thrown by a handler: answers with the provider's error body (OpenAPI, `ErrorResponse`). */
export function refuse(error: RefusalCode, detail?: string): HTTPException {
  const [status, message] = refusals[error];
  return new HTTPException(status, {
    res: Response.json({ message, code: status, error, detail: detail ?? null }, { status }),
  });
}
