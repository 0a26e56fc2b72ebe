import { currentLocale } from '../locale/locale.ts';
import { ApiProblem, isProblem, Unreachable } from './problem.ts';

/** Longer than the server takes at the most (55 s): the server's answer says more than none. */
const timeoutMs = 60_000;

interface RequestOptions {
  method?: 'GET' | 'POST' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * Calls Drop's own API, whose answers have the shapes of `src/http/contract/`.
 *
 * @throws {ApiProblem} when the server says why not.
 * @throws {Unreachable} when there is no answer that can be read.
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  const body = await readJson(response);
  if (response.ok) return body as T;
  if (isProblem(body)) throw new ApiProblem(body);
  throw new Unreachable(`status ${response.status}`);
}

async function send(path: string, { method = 'GET', body, headers }: RequestOptions): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      headers: {
        Accept: 'application/json',
        'Accept-Language': currentLocale(),
        ...(method === 'GET' ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    throw new Unreachable('no answer', { cause });
  }
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch (cause) {
    throw new Unreachable('unreadable answer', { cause });
  }
}
