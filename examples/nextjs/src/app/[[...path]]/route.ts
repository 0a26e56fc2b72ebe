import { initializeServices } from '../../lib/services';

// Every answer is Drop's: nothing is made at build time, and nothing is cached.
export const dynamic = 'force-dynamic';

/** Next takes `content-encoding` off the answers of routes, so Drop is not asked for a compressed one. */
async function answer(request: Request): Promise<Response> {
  const drop = await initializeServices();
  const headers = new Headers(request.headers);
  headers.delete('accept-encoding');
  return drop.fetch(new Request(request, { headers }));
}

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
