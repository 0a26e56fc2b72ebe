import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';

export interface EmulatedRefusal {
  status: 400 | 401 | 404 | 409 | 429;
  description: string;
  errorCode?: number;
  errorName?: string;
}

/** A refusal in Sumsub's form. Source: API reference, "Error codes". */
export function refuse(c: Context<EmulatorEnvironment>, refusal: EmulatedRefusal): Response {
  const { status, ...words } = refusal;
  return c.json({ ...words, code: status, correlationId: randomBytes(16).toString('hex') }, status);
}

/** The answer of `/resources` about an applicant that does not exist, or that the token may not see. */
export function refuseUnknownApplicant(c: Context<EmulatorEnvironment>): Response {
  return refuse(c, { status: 404, description: 'Applicant not found' });
}
