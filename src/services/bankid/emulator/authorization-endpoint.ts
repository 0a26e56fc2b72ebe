import type { Context } from 'hono';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { pageLanguage } from '#emulation/page-language.ts';
import { judgeAuthorization, type AuthorizationRequest } from './authorize.ts';
import { overridden, noCallbackOverride } from './override.ts';
import { faultPage, personPickerPage } from './pages.ts';
import { resolveRequest } from './par.ts';
import type { BankIdPerson } from './person.ts';
import { profileOf, type EmulatorState, type Page } from './state.ts';
import type { Grant } from './token.ts';

type C = Context<EmulatorEnvironment>;

/** Judges the request and shows the people to sign in as. */
export function authorize(c: C, state: EmulatorState): Response | Promise<Response> {
  c.header('cache-control', 'no-store');
  const resolved = resolveRequest(new URL(c.req.url).searchParams, state);
  if ('refusal' in resolved) return c.html(faultPage(resolved.refusal, pageLanguage(c.req.raw)), 400);
  const { query, pushedName } = resolved;
  const judged = judgeAuthorization(query, {
    profile: profileOf(state),
    clients: state.clients,
    isPushed: pushedName !== undefined,
  });
  switch (judged.kind) {
    case 'page':
      return c.html(faultPage(judged.reason, pageLanguage(c.req.raw)), 400);
    case 'redirect': {
      const { redirectUri, error, description, state: requestState } = judged;
      return back(c, state, redirectUri, { error, error_description: description, state: requestState });
    }
    case 'accepted':
      return accept(c, state, { request: judged.request, pushedName });
  }
}

/** Shows the people to sign in as, unless the control plane has chosen one. */
function accept(c: C, state: EmulatorState, page: Page): Response | Promise<Response> {
  const { nextPerson } = state;
  state.nextPerson = undefined;
  if (nextPerson) return answer(c, state, { page, person: nextPerson });
  return c.html(
    personPickerPage({
      action: `${state.issuer}/precheck/choose`,
      authorization: state.pending.put(page),
      locale: page.request.locale,
      people: state.options.people,
    }),
  );
}

/** Handles the choice of a person, or a cancellation. */
export async function choose(c: C, state: EmulatorState): Promise<Response> {
  const form = new URLSearchParams(await c.req.text());
  const page = state.pending.take(form.get('authorization') ?? '');
  if (!page) return answered(c);
  const person = state.options.people.find(({ id }) => id === form.get('person'));
  return answer(c, state, { page, person });
}

function answered(c: C): Response | Promise<Response> {
  const reason = 'the page has been used, or is too old; begin again';
  return c.html(faultPage(reason, pageLanguage(c.req.raw)), 400);
}

/** Sends the browser back; without a person, as cancelled. */
function answer(
  c: C,
  state: EmulatorState,
  { page: { request, pushedName }, person }: { page: Page; person: BankIdPerson | undefined },
): Response | Promise<Response> {
  if (pushedName !== undefined && !state.visited.take(pushedName)) return answered(c);
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

/** Redirects with 303, so that the form is not posted again to the client (RFC 9700, 4.12). */
function back(
  c: C,
  state: EmulatorState,
  redirectUri: string,
  parameters: Record<string, string | undefined>,
): Response {
  const { set, without, again } = state.nextCallbackBend;
  state.nextCallbackBend = noCallbackOverride;
  const url = new URL(redirectUri);
  const shown = overridden({ ...parameters, iss: state.issuer }, set, without);
  for (const [name, value] of Object.entries(shown))
    if (typeof value === 'string') url.searchParams.set(name, value);
  for (const [name, value] of Object.entries(again)) url.searchParams.append(name, value);
  return c.body(null, 303, { location: url.href, 'cache-control': 'no-store' });
}
