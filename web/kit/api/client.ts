import { currentLocale } from '../locale/locale.ts';
import { ApiProblem, isProblem, Unreachable } from './problem.ts';

/** Longer than the server's longest request (55 s), because any answer of the server says more than a timeout. */
const timeoutMs = 60_000;

interface RequestOptions {
  method?: 'GET' | 'POST' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * Calls Drop's API. The types of its answers are in `src/http/contract/`.
 *
 * @throws {ApiProblem} when the server answers with a problem.
 * @throws {Unreachable} when there is no readable answer.
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
