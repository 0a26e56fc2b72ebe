import { createHash } from 'node:crypto';
import type { AuthorizationRequest } from './authorize.ts';

/** The grant behind a code. */
export interface Grant {
  request: AuthorizationRequest;
  personId: string;
  authenticatedAt: Date;
}

export interface TokenFault {
  status: 400 | 401;
  error: string;
  description: string;
}

/** Refuses every grant type except `authorization_code`. */
export function judgeGrantType(form: URLSearchParams): TokenFault | undefined {
  if (form.get('grant_type') === 'authorization_code') return undefined;
  return { status: 400, error: 'unsupported_grant_type', description: 'Unsupported grant_type' };
}

/** Whether this request may exchange the code, which has already been taken out of the store. */
export function judgeGrant(
  form: URLSearchParams,
  clientId: string,
  grant: Grant | undefined,
): TokenFault | undefined {
  if (!grant) return invalidGrant('Code not valid');
  if (clientId !== grant.request.clientId) return invalidGrant('Auth error');
  if (form.get('redirect_uri') !== grant.request.redirectUri) return invalidGrant('Incorrect redirect_uri');
  const verifier = form.get('code_verifier') ?? '';
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return invalidGrant('PKCE code verifier not specified');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  if (challenge !== grant.request.codeChallenge) return invalidGrant('PKCE verification failed');
  return undefined;
}

export function invalidRequest(description: string): TokenFault {
  return { status: 400, error: 'invalid_request', description };
}

function invalidGrant(description: string): TokenFault {
  return { status: 400, error: 'invalid_grant', description };
}
