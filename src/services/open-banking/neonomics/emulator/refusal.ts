import { randomUUID } from 'node:crypto';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { systemClock } from '#domain/clock.ts';
import { jsonError, noProviderErrors, type ProviderErrors } from '#emulation/error-bodies.ts';

/** The statuses that Neonomics gave a meaning of its own. */
const clientError = 510;
const platformError = 520;
const bankError = 530;

/**
 * The codes that the emulator uses, with their statuses. Documented are 1001, 1002, 1003, 1023, 1051, 1063, 1426, 1428
 * and 4930; the others are ours, since the documentation's list could not be read.
 */
export const codes = {
  headerMissing: '1001',
  parameterInvalid: '1002',
  accountInvalid: '1003',
  amountTooLarge: '1023',
  charactersInvalid: '1048',
  scopeInvalid: '1051',
  sessionUnknown: '1101',
  paymentUnknown: '1102',
  notCancellable: '1103',
  consentRequired: '1426',
  authorisationRequired: '1428',
  platformFault: '2000',
  bankFault: '4930',
} as const;

/** Where an error leads. */
export interface ErrorLink {
  rel: 'consent' | 'payment';
  href: string;
  id: string;
}

function errorBody(code: string, message: string, link?: ErrorLink): object {
  return {
    id: randomUUID(),
    errorCode: code,
    message,
    source: code.startsWith('1') ? 'C' : code.startsWith('4') ? 'B' : 'N',
    type: link === undefined ? 'GENERAL' : 'CONSENT',
    timestamp: systemClock.now().getTime(),
    links: link ? [{ type: 'GET', rel: link.rel, href: link.href, meta: { id: link.id } }] : [],
  };
}

/** To be thrown by a handler: answers with the error object. */
export function refuse(code: string, message: string, link?: ErrorLink): HTTPException {
  return answer(statusOf(code), errorBody(code, message, link));
}

/** What comes from the gateway in front of the API has no error object. */
export function refuseAtGateway(status: ContentfulStatusCode, error: string): HTTPException {
  return answer(status, { error });
}

function statusOf(code: string): number {
  if (code.startsWith('1')) return clientError;
  return code.startsWith('4') ? bankError : platformError;
}

function answer(status: number, body: object): HTTPException {
  return new HTTPException(status as ContentfulStatusCode, { res: Response.json(body, { status }) });
}

/** The errors that the control plane injects. */
export const injectedErrors: ProviderErrors = {
  codes: Object.fromEntries(Object.values(codes).map((code) => [code, statusOf(code)])),
  errorBody(status, code, operation) {
    if (code === undefined) return noProviderErrors.errorBody(status, code, operation);
    return jsonError(errorBody(code, `injected into ${operation}`));
  },
};
