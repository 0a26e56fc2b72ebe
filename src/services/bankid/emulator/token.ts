import { createHash } from 'node:crypto';
import type { AuthorizationRequest } from './authorize.ts';

/** What a code stands for. */
export interface Grant {
  request: AuthorizationRequest;
  personId: string;
  authenticatedAt: Date;
}

export interface TokenRequest {
  authorization: string | undefined;
  contentType: string;
  form: URLSearchParams;
}

export interface TokenFault {
  status: 400 | 401;
  error: string;
  description: string;
}

export interface RegisteredClient {
  clientId: string;
  clientSecret: string;
}

/** Whether the client is who it says, by `client_secret_basic` or `client_secret_post`, and asks for a code at all. */
export function judgeClient(request: TokenRequest, client: RegisteredClient): TokenFault | undefined {
  const { contentType, form } = request;
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType))
    return invalidRequest('form-urlencoded only');
  const names = [...form.keys()];
  if (new Set(names).size !== names.length) return invalidRequest('duplicated parameter');
  const given = credentialsOf(request);
  if (given === 'two') return invalidRequest('more than one way of authenticating');
  if (given?.id !== client.clientId || given.secret !== client.clientSecret) {
    return {
      status: 401,
      error: 'invalid_client',
      description: 'Invalid client or Invalid client credentials',
    };
  }
  if (form.get('grant_type') !== 'authorization_code') {
    return { status: 400, error: 'unsupported_grant_type', description: 'Unsupported grant_type' };
  }
  return undefined;
}

/** Whether the code, already taken out of the store, may be exchanged by this request. */
export function judgeGrant(form: URLSearchParams, grant: Grant | undefined): TokenFault | undefined {
  if (!grant) return invalidGrant('Code not valid');
  if (form.get('redirect_uri') !== grant.request.redirectUri) return invalidGrant('Incorrect redirect_uri');
  const verifier = form.get('code_verifier') ?? '';
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return invalidGrant('PKCE code verifier not specified');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  if (challenge !== grant.request.codeChallenge) return invalidGrant('PKCE verification failed');
  return undefined;
}

function credentialsOf({ authorization, form }: TokenRequest) {
  const posted = form.get('client_secret');
  if (authorization === undefined) return { id: form.get('client_id') ?? '', secret: posted ?? '' };
  if (posted !== null) return 'two';
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1] ?? '';
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  return { id: formDecoded(id), secret: formDecoded(secret) };
}

/** RFC 6749, 2.3.1: both halves are form-urlencoded before they are joined. */
function formDecoded(value: string): string {
  return new URLSearchParams(`value=${value}`).get('value') ?? '';
}

function invalidRequest(description: string): TokenFault {
  return { status: 400, error: 'invalid_request', description };
}

function invalidGrant(description: string): TokenFault {
  return { status: 400, error: 'invalid_grant', description };
}
