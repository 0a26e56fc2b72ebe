import { initializeServices } from '../../lib/services';

// Every answer is Drop's: nothing is made at build time, and nothing is cached.
export const dynamic = 'force-dynamic';

/** Next takes `content-encoding` off the answers of routes, so Drop is not asked for a compressed one. */
async function answer(request: Request): Promise<Response> {
  const drop = await initializeServices();
  const headers = new Headers(request.headers);
  headers.delete('accept-encoding');
  const given = new Request(request, { headers });
  const response = await drop.fetch(given);
  if (given.body !== null && !given.bodyUsed) void dropRest(given.body);
  return response;
}

/** A body that Drop refused unread, such as one that is too large, would hold up the next request of its connection. */
async function dropRest(body: ReadableStream<Uint8Array>): Promise<void> {
  await body.pipeTo(new WritableStream()).catch(() => undefined);
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
