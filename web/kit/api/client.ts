import type { Locale } from '#domain/locale.ts';
import type { CustomerHeader } from '#http/contract/customer-header.ts';
import { currentLocale } from '../locale/locale.ts';
import { isOnline } from './online.ts';
import { ApiProblem, isProblem, Offline, Unreachable, Unread } from './problem.ts';

/** Longer than the server's longest request (55 s), because any answer of the server says more than a timeout. */
const timeoutMs = 60_000;

const customerHeader: CustomerHeader = 'Drop-Customer';
let customerId: string | undefined;

/** Names the customer whose data this page shows in each request from now on: the server answers it for no other. */
export function requestFor(id: string | undefined): void {
  customerId = id;
}

interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  /** Whether the request goes on when the customer closes the page. */
  keepalive?: boolean;
}

/**
 * Calls Drop's API. The types of its answers are in `src/http/contract/`. Without a network nothing that changes
 * anything is sent, neither now nor later.
 *
 * @throws {ApiProblem} when the server answers with a problem.
 * @throws {Offline} when the request was not sent because the browser has no network.
 * @throws {Unreachable} when there is no readable answer.
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const locale = currentLocale();
  const response = await send(path, options, locale);
  const body = await readJson(response);
  if (response.ok) return body as T;
  if (isProblem(body)) throw new ApiProblem(body, locale);
  throw new Unreachable(`status ${response.status}`);
}

async function send(
  path: string,
  { method = 'GET', body, headers, keepalive = false }: RequestOptions,
  locale: Locale,
): Promise<Response> {
  if (method !== 'GET' && !isOnline()) throw new Offline('no network');
  try {
    return await fetch(path, {
      method,
      headers: {
        Accept: 'application/json',
        'Accept-Language': locale,
        ...(customerId === undefined ? {} : { [customerHeader]: customerId }),
        ...(method === 'GET' ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      keepalive,
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    if (method === 'GET') throw new Unread('no answer', { cause, isOffline: !isOnline() });
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
