import type { Handler } from '#http/listen.ts';

/** The names of this machine, as they stand in addresses. */
const localNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Answers only requests that name this machine as their host, so that a website whose name is made to resolve to it
 * (DNS rebinding) reads nothing. No page may be framed, unless its own policy says by whom.
 */
export function localOnly(handler: Handler): Handler {
  return async (request, bindings) => {
    const host = request.headers.get('host');
    if (host !== null && !isLocal(host))
      return new Response('This address is not of this machine.\n', { status: 421 });
    return unframed(await handler(request, bindings));
  };
}

function isLocal(host: string): boolean {
  const address = `http://${host}`;
  return URL.canParse(address) && localNames.has(new URL(address).hostname);
}

function unframed(response: Response): Response {
  const policy = response.headers.get('content-security-policy');
  if (policy?.includes('frame-ancestors') === true) return response;
  const parts = [...(policy === null ? [] : [policy]), "frame-ancestors 'none'"];
  response.headers.set('content-security-policy', parts.join('; '));
  response.headers.set('x-frame-options', 'DENY');
  return response;
}
