import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { Outbound, RawResponse } from '#outbound/outbound.ts';
import { retryAfterMs } from '#outbound/retry.ts';
import { refusalOf } from '../errors.ts';
import { oneSchema, pageSchema, type Item } from '../wire.ts';

/** BetterStack's API, as far as it concerns what Drop declares. One request at a time. */
export interface MonitoringApi {
  /** Every item of the list, all its pages. */
  list(collection: string): Promise<Item[]>;
  /** Makes one. When it throws, BetterStack may have made it: `isOutcomeUnknown` says so. */
  create(collection: string, attributes: object): Promise<Item>;
  update(collection: string, id: string, attributes: object): Promise<Item>;
  /** Deletes one; one that is gone already is deleted. */
  remove(collection: string, id: string): Promise<void>;
}

export interface MonitoringApiOptions {
  /** Without a path, e.g. `https://uptime.betterstack.com`. */
  origin: string;
  token: Secret;
}

const timeoutMs = 60_000;
const responseBytesMax = 4_194_304;
const pageItemsMax = 250;
const pagesMax = 40;
/** BetterStack does not publish its limits. Its own client waits 10 to 300 s, and four times. */
const limitedAttemptsMax = 4;
const limitedWaitMsDefault = 10_000;
const limitedWaitMsMax = 300_000;

/** Source: betterstack.com/docs/uptime/api. Throws `DropError` with what the operator can do. */
export function createMonitoringApi(
  { origin, token }: MonitoringApiOptions,
  { clock, outbound }: { clock: Clock; outbound: Outbound },
): MonitoringApi {
  async function send(method: Method, path: string, body?: object): Promise<RawResponse> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await outbound.send({
        operation: `better_stack.${operations[method]}`,
        method,
        url: `${origin}${path}`,
        headers: {
          authorization: `Bearer ${token.reveal()}`,
          accept: 'application/json',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        // A change to the declared values, or a deletion, twice is the same as once.
        repeatable: method !== 'POST',
        timeoutMs,
        responseBytesMax,
      });
      if (response.status !== 429 || attempt === limitedAttemptsMax) return response;
      // A limited request was not carried out, so that a creation may be sent again, too.
      const namedMs = retryAfterMs(response.headers.get('retry-after'), clock.now());
      await wait(clock, Math.min(namedMs ?? limitedWaitMsDefault, limitedWaitMsMax));
    }
  }

  async function one(method: 'POST' | 'PATCH', path: string, body: object): Promise<Item> {
    const response = await send(method, path, body);
    const refusal = refusalOf(response, `${operations[method]} at ${path}`);
    if (refusal) throw refusal;
    const parsed = oneSchema.safeParse(response.json());
    if (parsed.success) return parsed.data.data;
    throw unreadable(path);
  }

  async function page(collection: string, number: number): Promise<{ items: Item[]; isLast: boolean }> {
    const path = `${collection}?page=${number}&per_page=${pageItemsMax}`;
    const response = await send('GET', path);
    const refusal = refusalOf(response, `list ${collection}`);
    if (refusal) throw refusal;
    const parsed = pageSchema.safeParse(response.json());
    if (!parsed.success) throw unreadable(path);
    const { data, pagination } = parsed.data;
    return { items: data, isLast: pagination.next === null };
  }

  return {
    async list(collection) {
      const found = new Map<string, Item>();
      // Pages are counted here: an address in the answer is not followed, and the token goes to no other host.
      for (let number = 1; number <= pagesMax; number += 1) {
        const { items, isLast } = await page(collection, number);
        for (const item of items) {
          if (found.has(item.id)) throw unreadable(collection, `lists the id ${item.id} twice`);
          found.set(item.id, item);
        }
        if (isLast) return [...found.values()];
      }
      throw unreadable(collection, `has more than ${pagesMax} pages`);
    },
    create: (collection, attributes) => one('POST', collection, attributes),
    async update(collection, id, attributes) {
      const item = await one('PATCH', `${collection}/${id}`, attributes);
      if (item.id !== id) throw unreadable(`${collection}/${id}`, 'answers about another one');
      return item;
    },
    async remove(collection, id) {
      const response = await send('DELETE', `${collection}/${id}`);
      assertDeleted(response, `${collection}/${id}`);
    },
  };
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const operations: Record<Method, string> = { GET: 'list', POST: 'create', PATCH: 'update', DELETE: 'delete' };

/** What is gone already is deleted. A page of something in front of BetterStack does not confirm a deletion. */
function assertDeleted(response: RawResponse, path: string): void {
  const refusal = refusalOf(response, `delete ${path}`);
  if (refusal?.code === 'not_found') return;
  if (refusal) throw refusal;
  if (response.body.byteLength > 0) throw unreadable(path, 'does not confirm the deletion');
}

function unreadable(path: string, reason = 'is not as documented'): DropError {
  return new DropError('provider_invalid_response', {
    message: `BetterStack's answer at ${path} ${reason}; nothing further was changed`,
    provider: 'better-stack',
    outcome: 'unknown',
  });
}

async function wait(clock: Clock, delayMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  clock.schedule(delayMs, () => resolve(undefined), { keepsAlive: true });
  await promise;
}
