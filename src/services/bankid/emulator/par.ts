import { judgeAuthorization } from './authorize.ts';
import type { EmulatorState } from './state.ts';
import { invalidRequest, type TokenFault } from './token.ts';

export const pushedSeconds = 60;
const prefix = 'urn:ietf:params:oauth:request_uri:';

export type Pushed = { kind: 'pushed'; requestUri: string } | { kind: 'refused'; fault: TokenFault };

/** Keeps the request of a client that has authenticated (RFC 9126, 2.1), judged as if it came by the browser. */
export function pushRequest(form: URLSearchParams, state: EmulatorState): Pushed {
  const refused = (fault: TokenFault): Pushed => ({ kind: 'refused', fault });
  if (form.has('request_uri')) return refused(invalidRequest('request_uri cannot be pushed'));
  const judged = judgeAuthorization(form, { ...state.options, isPushed: true });
  switch (judged.kind) {
    case 'page':
      return refused(invalidRequest(judged.reason));
    case 'redirect':
      return refused({ status: 400, error: judged.error, description: judged.description });
    case 'accepted':
      return { kind: 'pushed', requestUri: `${prefix}${state.pushed.put(form)}` };
  }
}

/**
 * What the browser's request stands for: the pushed one that it names, once and for a minute (RFC 9126, 4); itself,
 * when it names none. What stands beside a `request_uri` counts for nothing.
 */
export function resolveRequest(
  query: URLSearchParams,
  state: EmulatorState,
): URLSearchParams | { refusal: string } {
  const [requestUri, another] = query.getAll('request_uri');
  if (another !== undefined) return { refusal: 'duplicated parameter: request_uri' };
  if (requestUri === undefined) {
    return state.options.requirePushedRequests ? { refusal: 'requests must be pushed' } : query;
  }
  if (query.get('client_id') !== state.options.clientId) return { refusal: 'invalid client_id' };
  const pushed = requestUri.startsWith(prefix) && state.pushed.take(requestUri.slice(prefix.length));
  return pushed || { refusal: 'request_uri is unknown, has been used, or is too old; begin again' };
}
