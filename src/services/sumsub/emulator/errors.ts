import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { jsonError, type ProviderErrors } from '#emulation/error-bodies.ts';

export interface EmulatedRefusal {
  status: 400 | 401 | 404 | 409 | 415 | 429;
  description: string;
  errorCode?: number;
  errorName?: string;
}

/** A refusal in Sumsub's form. Source: API reference, "Error codes". */
export function refuse(c: Context<EmulatorEnvironment>, { status, ...words }: EmulatedRefusal): Response {
  return c.json(bodyOf(status, words), status);
}

/** The answer of `/resources` about an applicant that does not exist, or that the token may not see. */
export function refuseUnknownApplicant(c: Context<EmulatorEnvironment>): Response {
  return refuse(c, { status: 404, description: 'Applicant not found' });
}

function bodyOf(status: number, words: Omit<EmulatedRefusal, 'status'>): object {
  return { ...words, code: status, correlationId: randomBytes(16).toString('hex') };
}

interface SumsubError {
  status: number;
  name?: string;
  description: string;
}

/** Sumsub's error codes. Source: API reference, "Error codes". Names are given where the reference has them. */
const errors: Readonly<Record<string, SumsubError>> = {
  1000: { status: 409, name: 'duplicate-document', description: 'Duplicate document' },
  1001: { status: 400, name: 'too-many-documents', description: 'Too many documents' },
  1002: { status: 400, name: 'file-too-big', description: 'The file is too big' },
  1003: { status: 400, name: 'empty-file', description: 'The file is empty' },
  1004: { status: 400, name: 'corrupted-file', description: 'Unsupported format or corrupted file' },
  1005: { status: 400, name: 'unsupported-file-format', description: 'Unsupported file format' },
  1006: {
    status: 409,
    name: 'no-upload-verification-in-progress',
    description: 'The applicant is being checked',
  },
  1007: { status: 409, name: 'incorrect-file-size', description: 'Incorrect file size' },
  1008: { status: 409, name: 'applicant-marked-as-deleted', description: 'The applicant is deleted' },
  1009: {
    status: 409,
    name: 'applicant-with-final-reject',
    description: 'The applicant was finally rejected',
  },
  1010: {
    status: 409,
    name: 'doc-type-not-in-req-docs',
    description: 'The level asks for no such document',
  },
  1011: { status: 400, name: 'encrypted-file', description: 'The file is encrypted' },
  3000: { status: 409, description: 'Already in the state' },
  4000: { status: 401, description: 'Invalid format of the app token' },
  4001: { status: 401, description: 'App token is not found' },
  4002: { status: 401, description: 'The private part of the app token does not match' },
  4003: {
    status: 401,
    name: 'app-token-signature mismatch',
    description: 'Request signature mismatch',
  },
  4004: { status: 401, description: 'Request expired' },
  4005: { status: 401, description: 'Invalid value of an authentication header' },
  4006: { status: 401, description: 'Not all authentication headers are present' },
  4007: { status: 401, description: 'Invalid parameters of authentication' },
};

/** The answers of the gateway in front of Sumsub are not JSON. */
const gatewayStatuses = [502, 503, 504];

/** For injected errors: Sumsub's JSON, or a gateway's page for a gateway's status without a code. */
export const sumsubErrors: ProviderErrors = {
  codes: Object.fromEntries(Object.entries(errors).map(([code, { status }]) => [code, status])),
  errorBody(status, code) {
    const known = errors[code ?? ''];
    if (!known && gatewayStatuses.includes(status))
      return { contentType: 'text/html', body: `<html><title>${status}</title></html>` };
    const { name, description = 'sandbox fault' } = known ?? {};
    return jsonError(
      bodyOf(status, {
        description,
        ...(code !== undefined && { errorCode: Number(code) }),
        ...(name !== undefined && { errorName: name }),
      }),
    );
  },
};
