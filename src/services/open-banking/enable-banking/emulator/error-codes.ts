import type { ContentfulStatusCode } from 'hono/utils/http-status';

/**
 * The provider's error codes (OpenAPI, `ErrorCode`), each with its HTTP status and its message. Which status goes with
 * which code is not documented; public reports show 400 with `ASPSP_ERROR`, 401 with `EXPIRED_SESSION`, 422 with
 * `WRONG_REQUEST_PARAMETERS`, and 429 with `ASPSP_RATE_LIMIT_EXCEEDED`. The other statuses are ours.
 */
export const errorCodes = {
  ACCESS_DENIED: [403, 'Access to this resource is denied. Check services available for your application.'],
  ACCOUNT_DOES_NOT_EXIST: [404, 'No account found matching provided id'],
  ALREADY_AUTHORIZED: [422, 'Session is already authorized'],
  ASPSP_ACCOUNT_NOT_ACCESSIBLE: [
    400,
    "The PSU does not have access to the requested account or it doesn't exist",
  ],
  ASPSP_ERROR: [400, 'Error interacting with ASPSP'],
  ASPSP_PAYMENT_NOT_ACCESSIBLE: [400, 'Payment can not be requested from the ASPSP'],
  ASPSP_PSU_ACTION_REQUIRED: [400, 'PSU action is required to proceed'],
  ASPSP_RATE_LIMIT_EXCEEDED: [429, 'ASPSP Rate limit exceeded'],
  ASPSP_TIMEOUT: [408, 'Timeout interacting with ASPSP'],
  AUTHORIZATION_NOT_PROVIDED: [401, 'Authorization header is not provided'],
  CLOSED_SESSION: [401, 'Session is closed'],
  DATE_FROM_IN_FUTURE: [422, 'date_from can not be in the future'],
  DATE_TO_WITHOUT_DATE_FROM: [422, 'date_from must be provided if date_to provided'],
  EXPIRED_AUTHORIZATION_CODE: [422, 'Authorization code is expired'],
  EXPIRED_SESSION: [401, 'Session is expired'],
  INVALID_ACCOUNT_ID: [422, 'Either iban or other account identification is required'],
  INVALID_HOST: [400, 'Invalid host'],
  INVALID_PAYMENT: [422, 'Invalid or expired payment provided'],
  NO_ACCOUNTS_ADDED: [422, 'No allowed accounts added to the application'],
  PAYMENT_LIMIT_EXCEEDED: [422, 'The amount value or the the number of transactions exceeds the limit'],
  PAYMENT_NOT_FINALIZED: [422, 'You can not delete a payment that is not finalized or cancelled'],
  PAYMENT_NOT_FOUND: [404, 'Payment not found'],
  PSU_HEADER_INVALID: [422, 'Provided PSU header contains invalid value'],
  PSU_HEADER_NOT_PROVIDED: [422, 'Required PSU header is not provided'],
  REDIRECT_URI_NOT_ALLOWED: [422, 'Redirect URI not allowed'],
  REVOKED_SESSION: [401, 'Session is revoked'],
  SESSION_DOES_NOT_EXIST: [404, 'No session found matching provided id'],
  TRANSACTION_DOES_NOT_EXIST: [404, 'No transaction found matching provided id'],
  UNAUTHORIZED_ACCESS: [401, 'Unauthorized access'],
  UNAUTHORIZED_IP: [403, 'Used IP address is not authorized to access the resource'],
  UNTRUSTED_PAYMENT_PARTY: [422, 'Either creditor or debtor account is not trusted'],
  WEBHOOK_URI_NOT_ALLOWED: [422, 'Webhook URI not allowed'],
  WRONG_ASPSP_PROVIDED: [422, 'Wrong ASPSP name provided'],
  WRONG_AUTHORIZATION_CODE: [422, 'Wrong authorization code provided'],
  WRONG_CONTINUATION_KEY: [422, 'Wrong continuation key provided'],
  WRONG_CREDENTIALS_PROVIDED: [422, 'Wrong credentials provided'],
  WRONG_DATE_INTERVAL: [422, 'date_from should be less than or equal date_to'],
  WRONG_REQUEST_PARAMETERS: [422, 'Wrong request parameters provided'],
  WRONG_SESSION_STATUS: [422, 'Wrong session status'],
  WRONG_TRANSACTIONS_PERIOD: [422, 'Wrong transactions period requested'],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;

export type ErrorCode = keyof typeof errorCodes;

/** The HTTP status that goes with each code. */
export const errorStatuses: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(errorCodes).map(([code, [status]]) => [code, status]),
);
