import { judgeAuthorization } from './authorize.ts';
import type { RegisteredClient } from './client-authentication.ts';
import { profileOf, type EmulatorState } from './state.ts';
import { invalidRequest, type TokenFault } from './token.ts';

export const pushedSeconds = 60;
const prefix = 'urn:ietf:params:oauth:request_uri:';

export type Pushed = { kind: 'pushed'; requestUri: string } | { kind: 'refused'; fault: TokenFault };

/** Stores the request of the authenticated `client` (RFC 9126, 2.1), judged as if it came through the browser. */
export function pushRequest(form: URLSearchParams, client: RegisteredClient, state: EmulatorState): Pushed {
  const refused = (fault: TokenFault): Pushed => ({ kind: 'refused', fault });
  if (form.has('request_uri')) return refused(invalidRequest('request_uri cannot be pushed'));
  const judged = judgeAuthorization(form, {
    profile: profileOf(state),
    clients: new Map([[client.clientId, client]]),
    isPushed: true,
  });
  switch (judged.kind) {
    case 'page':
      return refused(invalidRequest(judged.reason));
    case 'redirect':
      return refused({ status: 400, error: judged.error, description: judged.description });
    case 'accepted':
      return { kind: 'pushed', requestUri: `${prefix}${state.pushed.put(form)}` };
  }
}

/** The request of the browser; `pushedName` identifies it if it was pushed. */
export interface Resolved {
  query: URLSearchParams;
  pushedName: string | undefined;
}

/**
 * Resolves the browser's request: the pushed request that it names, or itself when it names none. A pushed request must
 * be opened within a minute and can then be reloaded until it is answered (RFC 9126, 4). Other parameters beside a
 * `request_uri` are ignored.
 */
export function resolveRequest(query: URLSearchParams, state: EmulatorState): Resolved | { refusal: string } {
  const [requestUri, another] = query.getAll('request_uri');
  if (another !== undefined) return { refusal: 'duplicated parameter: request_uri' };
  if (requestUri === undefined) {
    if (state.options.requirePushedRequests) return { refusal: 'requests must be pushed' };
    return { query, pushedName: undefined };
  }
  const pushedName = requestUri.startsWith(prefix) ? requestUri.slice(prefix.length) : '';
  const pushed = state.visited.peek(pushedName) ?? state.pushed.peek(pushedName);
  if (!pushed) return { refusal: 'request_uri is unknown, has been answered, or is too old; begin again' };
  if (query.get('client_id') !== pushed.get('client_id')) return { refusal: 'invalid client_id' };
  state.pushed.take(pushedName);
  state.visited.keep(pushedName, pushed);
  return { query: pushed, pushedName };
}
