import { initializeServices } from '../../lib/services';

// Every answer is Drop's: nothing is made at build time, and nothing is cached.
export const dynamic = 'force-dynamic';

async function answer(request: Request): Promise<Response> {
  const drop = await initializeServices();
  return drop.fetch(request);
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
