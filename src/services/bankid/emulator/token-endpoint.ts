import type { Context } from 'hono';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { overridden, noOverride } from './override.ts';
import { judgeClient, type RegisteredClient } from './client-authentication.ts';
import { idTokenClaims } from './id-token.ts';
import { pushedSeconds, pushRequest } from './par.ts';
import { broughtKeysPath, parPath, tokenPath } from './paths.ts';
import type { BankIdPerson } from './person.ts';
import { signIdToken } from './sign.ts';
import { profileOf, type EmulatorState } from './state.ts';
import { judgeGrant, judgeGrantType, type Grant, type TokenFault } from './token.ts';

type C = Context<EmulatorEnvironment>;

/** Reads the form and authenticates the caller. The audiences of an assertion follow RFC 9126. */
async function judgeCaller(
  c: C,
  state: EmulatorState,
  path: string,
): Promise<{ form: URLSearchParams; caller: RegisteredClient | TokenFault }> {
  const form = new URLSearchParams(await c.req.text());
  const authorization = c.req.header('authorization');
  const contentType = c.req.header('content-type') ?? '';
  const audiences = [state.issuer, `${state.issuer}${tokenPath}`, `${state.issuer}${path}`];
  const { usedAssertions, context, clients } = state;
  const expectations = { audiences, now: context.clock.now(), usedAssertions };
  const caller = await judgeClient({ authorization, contentType, form }, clients, expectations);
  return { form, caller };
}

/** Stores a pushed request (RFC 9126). */
export async function par(c: C, state: EmulatorState): Promise<Response> {
  const { form, caller } = await judgeCaller(c, state, parPath);
  if ('error' in caller) return refused(c, caller);
  const pushed = pushRequest(form, caller, state);
  if (pushed.kind === 'refused') return refused(c, pushed.fault);
  const answer = { request_uri: pushed.requestUri, expires_in: pushedSeconds };
  return c.json(answer, 201, { 'cache-control': 'no-cache, no-store' });
}

/** Exchanges a code, once. */
export async function token(c: C, state: EmulatorState): Promise<Response> {
  const { form, caller } = await judgeCaller(c, state, tokenPath);
  if ('error' in caller) return refused(c, caller);
  const unsupported = judgeGrantType(form);
  if (unsupported) return refused(c, unsupported);
  const grant = state.codes.take(form.get('code') ?? '');
  const fault = judgeGrant(form, caller.clientId, grant);
  const person = state.options.people.find(({ id }) => id === grant?.personId);
  if (fault || !grant || !person) {
    return refused(c, fault ?? { status: 400, error: 'invalid_grant', description: 'Code not valid' });
  }
  if (person.outcome === 'unavailable') return c.text('Service Unavailable', 503, { 'retry-after': '30' });
  const { redirectTo } = state.nextOverride;
  if (redirectTo !== undefined) {
    state.nextOverride = noOverride;
    return c.body(null, 307, { location: redirectTo });
  }
  return c.json(tokenResponse(state, grant, person), 200, {
    'cache-control': 'no-store',
    pragma: 'no-cache',
  });
}

function refused(c: C, { status, error, description }: TokenFault): Response {
  const challenge = status === 401 ? { 'www-authenticate': 'Basic realm="sandbox"' } : {};
  const headers = { 'cache-control': 'no-store', ...challenge };
  return c.json({ error, error_description: description }, status, headers);
}

function tokenResponse(state: EmulatorState, grant: Grant, person: BankIdPerson): Record<string, unknown> {
  const override = state.nextOverride;
  state.nextOverride = noOverride;
  const { scope } = grant.request;
  const broughtKeysUrl = `${state.issuer}${broughtKeysPath}`;
  const accessToken = state.accessTokens.put({ person, scope });
  const claims = idTokenClaims({
    issuer: state.issuer,
    clientId: grant.request.clientId,
    nonce: grant.request.nonce,
    scope,
    acr: grant.request.acr,
    authenticatedAt: grant.authenticatedAt,
    now: state.context.clock.now(),
    accessToken,
    person,
    profile: profileOf(state),
  });
  const response = {
    access_token: accessToken,
    expires_in: 300,
    token_type: 'Bearer',
    id_token: signIdToken(claims, { keys: state.keys, override, broughtKeysUrl }),
    scope: scope.join(' '),
  };
  return overridden(response, override.response, override.withoutResponse);
}
