import { STATUS_CODES } from 'node:http';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { errorCodes, type ErrorCode } from './error-codes.ts';

/** A text, or the list of the parameters at fault. */
type Detail = string | { loc: PropertyKey[]; msg: string }[];

/**
 * The provider's error body (OpenAPI, `ErrorResponse`). Only `message` is required: an answer without a code of the
 * provider's has the phrase of its status, and a code that is not in the table is its own message.
 */
export function errorBody(status: number, code?: string, detail?: Detail): Record<string, unknown> {
  const message = isErrorCode(code) ? errorCodes[code][1] : (code ?? STATUS_CODES[status] ?? `${status}`);
  return { message, code: status, ...(code !== undefined && { error: code }), detail: detail ?? null };
}

/** To be thrown by a handler: answers with the provider's error body and the status that goes with `code`. */
export function refuse(code: ErrorCode, detail?: Detail): HTTPException {
  return refusalOf(errorCodes[code][0], errorBody(errorCodes[code][0], code, detail));
}

/** Refuses a request that does not have the documented form. `where` it was read from begins the path of a field. */
export function refuseForm(where: 'body' | 'path' | 'query', error: z.ZodError): HTTPException {
  const detail = error.issues.map(({ path, message }) => ({ loc: [where, ...path], msg: message }));
  return refuse('WRONG_REQUEST_PARAMETERS', detail);
}

function refusalOf(status: ContentfulStatusCode, body: Record<string, unknown>): HTTPException {
  return new HTTPException(status, { res: Response.json(body, { status }) });
}

function isErrorCode(code: string | undefined): code is ErrorCode {
  return code !== undefined && Object.hasOwn(errorCodes, code);
}
