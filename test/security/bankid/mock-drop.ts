import { request } from 'undici';
import { onTestFinished } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { listen } from '#http/listen.ts';
import { buildWebIfStale } from '#sandbox/web-build.ts';
import { startDrop } from '#process/start.ts';
import { testStore } from '../../support/database.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The cookies as set, with their attributes. */
  cookies: string[];
  body: string;
}

/** Drop in mock mode over HTTP, configured for `baseUrl`. Stopped after the test. */
export async function startMockDrop(environment: Record<string, string> = {}): Promise<{
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, headers?: Record<string, string>, body?: object): Promise<Answer>;
  /** Sends a POST without a body. */
  send(method: string, path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Completes a sign-in; returns the answer to the callback. */
  signIn(cookies?: string): Promise<Answer>;
  logged: { level: string; message: string }[];
}> {
  const server = await listen({ host: '127.0.0.1', port: 0 });
  const logged: { level: string; message: string }[] = [];
  const store = await testStore();
  const mode = { NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox', PORT: `${server.port}` };
  const drop = await startDrop({
    config: loadConfig({ ...mode, ...environment }),
    log: (level, message) => void logged.push({ level, message }),
    database: { store, origin: 'external', close: async () => undefined },
    server,
    webReady: buildWebIfStale(),
  });
  onTestFinished(() => drop.close('the test is over'));
  const origin = `http://localhost:${server.port}`;
  const call = async (path: string, options: Parameters<typeof request>[1]): Promise<Answer> => {
    const { statusCode, headers, body } = await request(`${origin}${path}`, options);
    const cookies = [headers['set-cookie'] ?? []].flat();
    return { status: statusCode, headers, cookies, body: await body.text() };
  };
  const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    call(path, { headers });
  return {
    logged,
    get,
    post: (path, headers = {}, body = {}) =>
      call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    send: (method, path, headers = {}) => call(path, { method: method, headers }),
    async signIn(cookies = '') {
      const started = await get('/api/auth/bankid', cookies ? { cookie: cookies } : {});
      const { pathname, search } = new URL(String(started.headers['location']));
      const cookie = [cookies, ...started.cookies.map(pairOf)].filter(Boolean).join('; ');
      return get(`${pathname}${search}`, { cookie });
    },
  };
}

/** `name=value` of a cookie as set. */
export function pairOf(cookie: string): string {
  return cookie.split(';')[0] ?? '';
}
