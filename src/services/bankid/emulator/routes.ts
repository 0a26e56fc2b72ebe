import type { Context, Hono } from 'hono';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { judgeAuthorization, type AuthorizationRequest } from './authorize.ts';
import { bent, unbent } from './bend.ts';
import { discoveryDocument } from './discovery.ts';
import { idTokenClaims, nationalIdentityClaimsDefault } from './id-token.ts';
import { judgeClient } from './client-authentication.ts';
import { faultPage, personPickerPage } from './pages.ts';
import { pushedSeconds, pushRequest, resolveRequest } from './par.ts';
import type { BankIdPerson } from './person.ts';
import { signIdToken } from './sign.ts';
import type { EmulatorState } from './state.ts';
import { userinfo } from './userinfo.ts';
import { judgeGrant, judgeGrantType, type Grant, type TokenFault } from './token.ts';

type Routes = Hono<EmulatorEnvironment>;
type C = Context<EmulatorEnvironment>;

const tokenPath = '/protocol/openid-connect/token';
const parPath = '/protocol/openid-connect/ext/par/request';

export function addRoutes(routes: Routes, state: EmulatorState): void {
  const { faults } = state.context;
  const counted = (operation: string) => async (_: C, next: () => Promise<void>) => {
    state.requests.set(operation, (state.requests.get(operation) ?? 0) + 1);
    await next();
  };
  const guarded = (operation: string) => [counted(operation), faults.guard(operation)] as const;

  routes.get('/.well-known/openid-configuration', ...guarded('discovery'), (c) =>
    c.json(discoveryDocument(state), 200, { 'cache-control': 'public, max-age=3600' }),
  );
  routes.get('/protocol/openid-connect/certs', ...guarded('jwks'), (c) => {
    const cacheControl = `public, max-age=${state.keys.maxAgeSeconds}, must-revalidate`;
    return c.json({ keys: state.keys.published() }, 200, { 'cache-control': cacheControl });
  });
  routes.post(parPath, ...guarded('par'), async (c) => par(c, state));
  routes.get('/precheck/auth', ...guarded('authorize'), (c) => authorize(c, state));
  routes.all('/precheck/auth', (c) => c.text('Method Not Allowed', 405, { allow: 'GET' }));
  routes.post('/precheck/choose', async (c) => choose(c, state));
  routes.on(['GET', 'POST'], '/userinfo', ...guarded('userinfo'), (c) => userinfo(c, state));
  routes.post(tokenPath, ...guarded('token'), async (c) => token(c, state));
}

function authorize(c: C, state: EmulatorState): Response | Promise<Response> {
  c.header('cache-control', 'no-store');
  const resolved = resolveRequest(new URL(c.req.url).searchParams, state);
  if ('refusal' in resolved) return c.html(faultPage(resolved.refusal), 400);
  const { query, pushedName } = resolved;
  const judged = judgeAuthorization(query, { ...state.options, isPushed: pushedName !== undefined });
  switch (judged.kind) {
    case 'page':
      return c.html(faultPage(judged.reason), 400);
    case 'redirect': {
      const { redirectUri, error, description, state: requestState } = judged;
      return back(c, state, redirectUri, { error, error_description: description, state: requestState });
    }
    case 'accepted':
      return c.html(
        personPickerPage({
          action: `${state.issuer}/precheck/choose`,
          authorization: state.pending.put({ request: judged.request, pushedName }),
          locale: judged.request.locale,
          people: state.options.people,
        }),
      );
  }
}

/** The person has chosen who to be, or to cancel. */
async function choose(c: C, state: EmulatorState): Promise<Response> {
  const form = new URLSearchParams(await c.req.text());
  const page = state.pending.take(form.get('authorization') ?? '');
  const isAnswered = page?.pushedName !== undefined && !state.visited.take(page.pushedName);
  if (!page || isAnswered)
    return c.html(faultPage('the page has been used, or is too old; begin again'), 400);
  const { request } = page;
  const person = state.options.people.find(({ id }) => id === form.get('person'));
  if (!person || person.outcome === 'cancels') return cancelled(c, state, request);
  const grant: Grant = { request, personId: person.id, authenticatedAt: state.context.clock.now() };
  return back(c, state, request.redirectUri, { code: state.codes.put(grant), state: request.state });
}

function cancelled(c: C, state: EmulatorState, request: AuthorizationRequest): Response {
  const description = 'bankid_error_codes:C301';
  return back(c, state, request.redirectUri, {
    error: 'access_denied',
    error_description: description,
    state: request.state,
  });
}

/** 303, so that nothing posted here is posted on (RFC 9700, 4.12). */
function back(
  c: C,
  { issuer }: EmulatorState,
  redirectUri: string,
  parameters: Record<string, string | undefined>,
): Response {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...parameters, iss: issuer })) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return c.body(null, 303, { location: url.href, 'cache-control': 'no-store' });
}

/** Who calls, and with what form; the audiences of an assertion are RFC 9126's. */
async function judgeCaller(
  c: C,
  state: EmulatorState,
  path: string,
): Promise<{ form: URLSearchParams; stranger: TokenFault | undefined }> {
  const form = new URLSearchParams(await c.req.text());
  const authorization = c.req.header('authorization');
  const contentType = c.req.header('content-type') ?? '';
  const audiences = [state.issuer, `${state.issuer}${tokenPath}`, `${state.issuer}${path}`];
  const { usedAssertions, context, options } = state;
  const expectations = { audiences, now: context.clock.now(), usedAssertions };
  const stranger = await judgeClient({ authorization, contentType, form }, options, expectations);
  return { form, stranger };
}

async function par(c: C, state: EmulatorState): Promise<Response> {
  const { form, stranger } = await judgeCaller(c, state, parPath);
  if (stranger) return refused(c, stranger);
  const pushed = pushRequest(form, state);
  if (pushed.kind === 'refused') return refused(c, pushed.fault);
  const answer = { request_uri: pushed.requestUri, expires_in: pushedSeconds };
  return c.json(answer, 201, { 'cache-control': 'no-cache, no-store' });
}

async function token(c: C, state: EmulatorState): Promise<Response> {
  const { form, stranger } = await judgeCaller(c, state, tokenPath);
  const refusal = stranger ?? judgeGrantType(form);
  if (refusal) return refused(c, refusal);
  const grant = state.codes.take(form.get('code') ?? '');
  const fault = judgeGrant(form, grant);
  const person = state.options.people.find(({ id }) => id === grant?.personId);
  if (fault || !grant || !person) {
    return refused(c, fault ?? { status: 400, error: 'invalid_grant', description: 'Code not valid' });
  }
  if (person.outcome === 'unavailable') return c.text('Service Unavailable', 503, { 'retry-after': '30' });
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
  const bend = state.nextBend;
  state.nextBend = unbent;
  const { scope } = grant.request;
  const accessToken = state.accessTokens.put({ person, scope });
  const claims = idTokenClaims({
    issuer: state.issuer,
    clientId: state.options.clientId,
    nonce: grant.request.nonce,
    scope,
    acr: grant.request.acr,
    authenticatedAt: grant.authenticatedAt,
    now: state.context.clock.now(),
    accessToken,
    person,
    nationalIdentityClaims: state.options.nationalIdentityClaims ?? nationalIdentityClaimsDefault,
    identitySource: state.options.identitySource ?? 'id_token',
  });
  const response = {
    access_token: accessToken,
    expires_in: 300,
    token_type: 'Bearer',
    id_token: signIdToken(claims, state.keys, bend),
    scope: scope.join(' '),
  };
  return bent(response, bend.response, bend.withoutResponse);
}
